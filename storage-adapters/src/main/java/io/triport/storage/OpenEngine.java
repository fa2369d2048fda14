package io.triport.storage;

import io.triport.domain.identity.CredentialStore;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.RateLimiter;
import io.triport.domain.storage.FailureCode;
import io.triport.domain.storage.StorageEngine;
import io.triport.domain.storage.StorageFailure;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.storage.noncelog.NonceLog;
import io.triport.storage.noncelog.NonceLogSettings;
import io.triport.storage.postgresql.PostgreSqlSettings;
import io.triport.storage.postgresql.PostgreSqlStorage;
import io.triport.storage.sqlite.Sqlite;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** An engine with what lies beside it. @param closing ends all of it */
record OpenEngine(
        StorageEngine engine,
        StorageHealth health,
        NonceLedger nonces,
        CredentialStore credentials,
        Optional<RateLimiter> sharedLimits,
        Runnable closing)
        implements AutoCloseable {
    static OpenEngine of(StorageSettings settings, Clock clock, Ticker ticker, Randomness randomness) {
        return switch (settings.engine()) {
            case StorageSettings.Embedded embedded -> embedded(settings, clock, ticker, randomness);
            case StorageSettings.Memory memory ->
                throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "storage: memory");
            case StorageSettings.PostgreSql server -> postgreSql(server, clock, randomness);
        };
    }

    private static OpenEngine embedded(StorageSettings settings, Clock clock, Ticker ticker, Randomness randomness) {
        var directory = Path.of(settings.directory());
        var sqlite = Sqlite.open(directory, clock, randomness);
        try {
            var nonces = NonceLog.open(
                    new NonceLogSettings(directory.resolve("nonces"), settings.nonceWindow(), settings.nonceMemory()),
                    clock,
                    ticker,
                    randomness);
            return new OpenEngine(
                    sqlite.engine(), sqlite.health(), nonces.ledger(), sqlite.credentials(), Optional.empty(), () -> {
                        nonces.close();
                        sqlite.close();
                    });
        } catch (RuntimeException e) {
            sqlite.close();
            throw e;
        }
    }

    private static OpenEngine postgreSql(StorageSettings.PostgreSql server, Clock clock, Randomness randomness) {
        var settings = new PostgreSqlSettings(server.url(), server.user(), server.password());
        var database = PostgreSqlStorage.open(settings, clock, randomness);
        return new OpenEngine(
                database.engine(),
                database.health(),
                database.nonces(),
                database.credentials(),
                Optional.of(database.limiter()),
                database::close);
    }

    @Override
    public void close() {
        closing.run();
    }
}
