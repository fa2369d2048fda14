package io.triport.storage.cloudflare;

import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.time.Ticker;
import io.triport.storage.memory.Memory;
import io.triport.testkit.Ability;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.StorageFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** An account over memory, and one that looks at it. */
final class AccountFixture implements StorageFixture {
    private final SettableClock clock = SettableClock.anywhere();
    private final AccountServer server = new AccountServer(clock);
    private final Memory local = Memory.open(clock, new SeededRandomness(1));
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<Cloudflare> besides = new ArrayList<>();
    private Cloudflare cloudflare = opened();

    private Cloudflare opened() {
        var means = new Calls.Means(Ticker.system(), pauses::add, new SeededRandomness(3));
        return Cloudflare.open(server.account(), local.engine(), clock, means);
    }

    @Override
    public StorageEngine engine() {
        return cloudflare.engine();
    }

    /** As another process would, after this one has died: what lies in memory stays, what was known is forgotten. */
    @Override
    public StorageEngine reopen() {
        cloudflare.close();
        cloudflare = opened();
        return cloudflare.engine();
    }

    AccountServer server() {
        return server;
    }

    StorageEngine local() {
        return local.engine();
    }

    /** How long it was waited for the account. */
    List<Duration> pauses() {
        return new ArrayList<>(pauses);
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    /** As one that looks at the same account from elsewhere. */
    @Override
    public StorageEngine beside() {
        var means = new Calls.Means(Ticker.system(), pauses::add, new SeededRandomness(4));
        var elsewhere = Memory.open(clock, new SeededRandomness(5)).engine();
        var other = Cloudflare.open(server.account(), elsewhere, clock, means);
        besides.add(other);
        return other.engine();
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of(Ability.REOPEN);
    }

    @Override
    public List<Integer> killWhileWriting(NamespaceTitle namespace) {
        throw new UnsupportedOperationException("what is local is in memory here");
    }

    @Override
    public void close() {
        besides.forEach(Cloudflare::close);
        cloudflare.close();
        server.close();
    }
}
