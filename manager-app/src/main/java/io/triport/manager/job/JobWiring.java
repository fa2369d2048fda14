package io.triport.manager.job;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.storage.Storage;
import io.triport.domain.time.Ticker;
import io.triport.identity.launch.SystemTasks;
import io.triport.manager.access.GrantBook;
import io.triport.manager.event.Events;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Wires what does jobs. */
@Factory
@Requires(property = "micronaut.application.name", value = "manager")
final class JobWiring {
    @Singleton
    SystemAccess access(SystemTasks tasks) {
        return work -> tasks.run(JobTask.JOBS, work);
    }

    @Singleton
    JobBoard board() {
        return new JobBoard();
    }

    @Bean(preDestroy = "close")
    @Context
    JobRunner runner(
            JobWorks works,
            SystemAccess access,
            GrantBook grants,
            JobBoard board,
            Events events,
            JobSettings settings,
            JobCalls calls,
            Clock clock,
            Ticker ticker) {
        var runner = new JobRunner(
                new JobRun.Means(works, access, grants::permissions, board, events, clock), ticker, settings);
        calls.bind(runner);
        runner.start();
        return runner;
    }

    @Singleton
    JobDesk desk(Storage storage, JobRunner runner, JobBoard board, Clock clock) {
        return new JobDesk(storage, runner, board, clock);
    }
}
