package io.triport.storage.postgresql;

import io.triport.storage.durable.TurnsFixture;
import io.triport.testkit.DurableFixture;
import io.triport.testkit.DurableObjectsContract;
import io.triport.testkit.SettableTicker;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

final class PostgreSqlDurableObjectsTest extends DurableObjectsContract {
    @Override
    protected String adapter() {
        return "postgresql";
    }

    @Override
    protected DurableFixture create() {
        var database = new PostgreSqlFixture();
        var ticker = new SettableTicker();
        var open = new AtomicReference<@Nullable PostgreSqlStateStore>();
        return new TurnsFixture(
                        () -> {
                            var store = database.storage().states(ticker, PostgreSqlStateStore.FENCE);
                            open.set(store);
                            return store;
                        },
                        ticker,
                        database::close)
                .renewedBy(() -> Objects.requireNonNull(open.get()).renew());
    }
}
