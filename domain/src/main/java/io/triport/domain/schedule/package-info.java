/**
 * When recurring work falls due, and who does it. Start reading at {@link io.triport.domain.schedule.Cron}; that each tick is run
 * once among all nodes is the promise of {@link io.triport.domain.schedule.TickLedger} (storage contract, section 10).
 */
@NullMarked
package io.triport.domain.schedule;

import org.jspecify.annotations.NullMarked;
