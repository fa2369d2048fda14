package io.triport.objects.config;

import io.triport.domain.identity.WorkloadCredentials;
import io.triport.domain.object.Backend;
import io.triport.identity.workload.ExchangedCredentials;
import io.triport.identity.workload.WorkloadTarget;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who we are at endpoints that take our word for it. One for the whole life of the app: a bucket that is read anew keeps the
 * credential of the one before. Safe for many threads.
 */
public final class Federation implements WorkloadCredentials {
    private final ConcurrentHashMap<String, Wanted> targets = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable ExchangedCredentials> exchange = new AtomicReference<>();

    /** @param name for the log */
    private record Wanted(String name, WorkloadTarget target) {}

    /** What signs for a target. @param name of the bucket, for the log */
    Backend.Signer.Fetched signer(String name, WorkloadTarget target) {
        var key = target.key();
        targets.putIfAbsent(key, new Wanted(name, target));
        return new Backend.Signer.Fetched(this, key);
    }

    /** From now on there are credentials. */
    public void begin(ExchangedCredentials credentials) {
        exchange.set(credentials);
    }

    @Override
    public Answer credential(String target) {
        var wanted = targets.get(target);
        var credentials = exchange.get();
        if (wanted == null || credentials == null) {
            throw new IllegalArgumentException("target: " + target + " (expected: one that was configured)");
        }
        return credentials.credential(wanted.name(), wanted.target());
    }

    /** Without what could tell who is who. */
    @Override
    public String toString() {
        return "Federation[" + targets.size() + " targets]";
    }
}
