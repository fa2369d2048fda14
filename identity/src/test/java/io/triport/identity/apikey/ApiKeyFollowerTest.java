package io.triport.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.keyring.TestKeyrings;
import io.triport.testkit.FakeCredentialStore;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class ApiKeyFollowerTest {
    @Test
    void a_table_is_read_at_once_and_again_by_itself() throws InterruptedException {
        var read = new CountDownLatch(2);
        var store = new FakeCredentialStore();
        var keys = new TestTable(store, TestKeyrings.of(1));
        var key = keys.create();
        var counted = new SwitchedStore(store) {
            @Override
            public long revision() {
                read.countDown();
                return super.revision();
            }
        };
        var table = new ApiKeyTable("api-keys", TestKeyrings.of(1), counted, keys.ticker, TestTable.RANDOMNESS);

        ApiKeyFollower.follow(table);

        assertThat(table.find(key.id()).map(ApiKeyRecord::id)).isEqualTo(Optional.of(key.id()));
        read.await();
    }

    @Test
    void the_thread_ends_when_nobody_has_the_table_any_more() {
        var executor = Executors.newSingleThreadScheduledExecutor();
        var gone = new WeakReference<>(new TestTable().table);
        gone.clear();

        new ApiKeyFollower(gone, executor).run();

        assertThat(executor.isShutdown()).isTrue();
    }
}
