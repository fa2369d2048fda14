package io.triport.manager.bulk;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.time.Randomness;
import io.triport.manager.job.JobWorks;
import io.triport.manager.key.KeyUnits;
import io.triport.manager.transfer.ImportSpool;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Wires what jobs do with keys. */
@Factory
@Requires(property = "micronaut.application.name", value = "manager")
final class BulkWiring {
    @Singleton
    ImportSpool spool(Clock clock, Randomness randomness) {
        return new ImportSpool(clock, randomness);
    }

    @Singleton
    JobWorks works(ImportSpool spool, KeyUnits units, Clock clock) {
        return new BulkWorks(spool, units, clock);
    }
}
