/**
 * Jobs that are ordered at times of the calendar, in the name of whoever set the schedule (manager API, section 8.2). Start reading at
 * {@link io.triport.manager.schedule.Firing}.
 */
@NullMarked
package io.triport.manager.schedule;

import org.jspecify.annotations.NullMarked;
