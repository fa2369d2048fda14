package io.triport.storage.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.time.Ticker;
import io.triport.storage.memory.Memory;
import io.triport.testkit.RevocationListContract;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class FollowedRevocationListTest extends RevocationListContract {
    private static final RevocationKey KEY = new RevocationKey.Credential(new CredentialId("prod-app"));

    @Override
    protected Fixture create() {
        var source = source();
        return new FollowedFixture(() -> source, () -> {}, () -> {});
    }

    @Test
    void before_the_first_reading_nothing_is_known_to_stand() {
        var ticker = new SettableTicker();
        var list = new FollowedRevocationList(source(), ticker);
        ticker.advance(Duration.ofSeconds(3));

        assertThat(list.check(Set.of(KEY), Instant.EPOCH)).isEqualTo(new RevocationCheck.Stale(Duration.ofSeconds(3)));
    }

    @Test
    void the_rows_are_read_only_when_they_changed() {
        var ticker = new SettableTicker();
        var source = new Counting(source());
        var list = new FollowedRevocationList(source, ticker);
        list.follow();
        ticker.advance(Duration.ofMinutes(1));
        list.follow();

        assertThat(source.reads).isEqualTo(1);
        source.keep(StoredRevocation.of(Revocation.of(KEY, Instant.MAX)));
        ticker.advance(RevocationList.STALENESS);
        list.follow();
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void what_another_node_forgot_goes_with_the_next_reading_of_the_rows() {
        var ticker = new SettableTicker();
        var source = source();
        var end = Instant.parse("2026-01-01T00:00:00Z");
        var list = new FollowedRevocationList(source, ticker);
        list.revoke(Revocation.of(KEY, end));
        list.follow();

        source.forget(end.toEpochMilli());
        source.keep(StoredRevocation.of(Revocation.of(new RevocationKey.Credential(new CredentialId("b")), end)));
        ticker.advance(RevocationList.STALENESS);
        list.follow();

        assertThat(list.check(Set.of(KEY), Instant.EPOCH)).isInstanceOf(RevocationCheck.Standing.class);
    }

    @Test
    void an_open_list_follows_its_source_by_itself() throws InterruptedException {
        var read = new CountDownLatch(2);
        var source = new Counting(source()) {
            @Override
            public long revision() {
                read.countDown();
                return super.revision();
            }
        };
        Ticker hasty = new Ticker() {
            private long now;

            @Override
            public synchronized long nanos() {
                now += FollowedRevocationList.EVERY.toNanos();
                return now;
            }
        };

        try (var revocations = Revocations.follow(source, hasty)) {
            revocations.list().revoke(Revocation.of(KEY, Instant.MAX));

            read.await();
            assertThat(revocations.list().check(Set.of(KEY), Instant.EPOCH))
                    .isInstanceOf(RevocationCheck.Revoked.class);
        }
    }

    private static RevocationSource source() {
        return Memory.open(SettableClock.anywhere(), new SeededRandomness(1)).revocations();
    }

    private static class Counting implements RevocationSource {
        private final RevocationSource source;
        private int reads;

        Counting(RevocationSource source) {
            this.source = source;
        }

        @Override
        public long revision() {
            return source.revision();
        }

        @Override
        public List<StoredRevocation> all() {
            reads++;
            return source.all();
        }

        @Override
        public void keep(StoredRevocation revocation) {
            source.keep(revocation);
        }

        @Override
        public long forget(long nowMillis) {
            return source.forget(nowMillis);
        }
    }
}
