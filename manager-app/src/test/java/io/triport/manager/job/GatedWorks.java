package io.triport.manager.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.triport.domain.table.Job;
import io.triport.manager.answer.Json;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Jobs that do nothing until a test lets them end, and that count each other. */
public final class GatedWorks implements JobWorks {
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);
    private final Map<String, Integer> running = new HashMap<>();
    private int most;
    private int mostOfOne;

    @Override
    public JobWork open(Job job, Means means, JsonNode position) {
        begun(job.order().namespace());
        return new JobWork() {
            @Override
            public @Nullable JobBatch next() throws InterruptedException {
                allowed.acquire();
                return null;
            }

            @Override
            public ObjectNode finish() {
                return Json.object();
            }

            @Override
            public void close() {
                ended(job.order().namespace());
            }
        };
    }

    void awaitBegun(int jobs) throws InterruptedException {
        begun.acquire(jobs);
    }

    void allow(int jobs) {
        allowed.release(jobs);
    }

    /** So many ran at once at most. */
    synchronized int most() {
        return most;
    }

    /** So many of one namespace ran at once at most. */
    synchronized int mostOfOne() {
        return mostOfOne;
    }

    private synchronized void begun(String namespace) {
        mostOfOne = Math.max(mostOfOne, running.merge(namespace, 1, Integer::sum));
        most = Math.max(
                most, running.values().stream().mapToInt(Integer::intValue).sum());
        begun.release();
    }

    private synchronized void ended(String namespace) {
        running.merge(namespace, -1, Integer::sum);
    }

    @Factory
    @Requires(bean = GatedWorks.class)
    static final class Beans {
        @Singleton
        @Replaces(JobWorks.class)
        JobWorks works(GatedWorks works) {
            return works;
        }
    }
}
