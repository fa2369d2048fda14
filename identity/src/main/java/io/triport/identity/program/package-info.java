/**
 * A program of one's own on the three ports: handlers for requests, for times of the calendar and for messages of queues, each behind
 * the gate. Start reading at {@link io.triport.identity.program.Program}.
 */
@NullMarked
package io.triport.identity.program;

import org.jspecify.annotations.NullMarked;
