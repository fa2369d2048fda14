package io.triport.gateway.proxy;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** Runs mechanisms that may wait or compute for long, each on a thread of its own and no more than a bound at once. */
final class Judging implements Executor {
    private static final int MOST = 1_024;

    private final Semaphore places = new Semaphore(MOST);
    private final Executor threads;

    Judging(Executor threads) {
        this.threads = threads;
    }

    /** @throws RejectedExecutionException when as many run as may */
    @Override
    public void execute(Runnable task) {
        if (!places.tryAcquire()) {
            throw new RejectedExecutionException("verifications under way: " + MOST);
        }
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException e) {
            places.release();
            throw e;
        }
    }
}
