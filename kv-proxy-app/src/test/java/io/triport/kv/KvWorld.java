package io.triport.kv;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.storage.EngineInfo;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageLog;
import io.triport.domain.time.Ticker;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeRateLimiter;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.SettableClock;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Instant;

/** What stands behind a proxy under test: a clock, and fakes of the stores. */
record KvWorld(SettableClock clock, StorageEngine engine, NonceLedger nonces, Storage.Beside beside) {
    static KvWorld at(Instant now) {
        var clock = SettableClock.anywhere();
        clock.set(now);
        return new KvWorld(clock, new FakeStorageEngine(clock), FakeNonceLedger.empty(), Storage.Beside.NOTHING);
    }

    KvWorld with(StorageEngine other) {
        return new KvWorld(clock, other, nonces, beside);
    }

    KvWorld with(NonceLedger other) {
        return new KvWorld(clock, engine, other, beside);
    }

    KvWorld with(Storage.Beside other) {
        return new KvWorld(clock, engine, nonces, other);
    }

    /** Stands in for the engines that an app finds on its class path. */
    @Factory
    static final class Beans {
        @Singleton
        @Replaces(Storage.class)
        Storage storage(KvWorld world, Ticker ticker, StorageLog log) {
            return new Storage(world.engine(), world.beside(), world.clock(), ticker, log);
        }

        @Singleton
        @Replaces(CursorSeal.class)
        CursorSeal cursors(KvWorld world) {
            return world.engine().cursors();
        }

        @Singleton
        @Replaces(NonceLedger.class)
        NonceLedger nonces(KvWorld world) {
            return world.nonces();
        }

        @Singleton
        @Replaces(CredentialStore.class)
        CredentialStore credentials() {
            return new FakeCredentialStore();
        }

        @Singleton
        @Replaces(RevocationList.class)
        RevocationList revocations(Ticker ticker) {
            return new FakeRevocationList(ticker);
        }

        @Singleton
        @Named("shared")
        @Replaces(value = SharedRateLimiter.class, named = "shared")
        SharedRateLimiter sharedLimits(Ticker ticker) {
            return new FakeRateLimiter(ticker);
        }

        @Singleton
        @Replaces(StorageHealth.class)
        StorageHealth health(KvWorld world) {
            return new StorageHealth() {
                @Override
                public EngineInfo info() {
                    return world.engine().info();
                }

                @Override
                public boolean answers() {
                    return true;
                }
            };
        }
    }
}
