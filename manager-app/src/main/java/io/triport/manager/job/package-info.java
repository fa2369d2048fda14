/**
 * Work that takes longer than its request: ordered once, done batch by batch, and gone on with after a restart. Start reading at
 * {@link io.triport.manager.job.JobDesk}, who takes orders, and {@link io.triport.manager.job.JobRun}, who does one; what the
 * work itself is, its {@link io.triport.manager.job.JobWork} knows.
 */
@NullMarked
package io.triport.manager.job;

import org.jspecify.annotations.NullMarked;
