package io.triport.storage.redis;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.testkit.Ability;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Namespaces of a server that has nothing else. */
final class RedisFixture implements StorageFixture {
    /** Longer than any machine takes for 25 MiB. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SettableClock clock = SettableClock.anywhere();
    private final List<OpenRedis> opened = new ArrayList<>();
    private final StorageSettings.Redis server;
    private StorageEngine engine;

    RedisFixture(StorageSettings.Redis server) {
        this.server = server;
        this.engine = beside();
    }

    @Override
    public StorageEngine engine() {
        return engine;
    }

    @Override
    public StorageEngine reopen() {
        opened.removeLast().close();
        engine = beside();
        return engine;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public StorageEngine beside() {
        return engine(PATIENCE);
    }

    StorageEngine engine(Duration patience) {
        var redis = OpenRedis.openForNamespaces(server, patience, clock);
        opened.add(redis);
        return redis.namespaces(new CursorSeal(Bytes.copyOf(new byte[32]), clock), Randomness.system());
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.REOPEN);
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        throw new UnsupportedOperationException("what the server has in memory does not survive it");
    }

    @Override
    public void close() {
        opened.forEach(OpenRedis::close);
    }
}
