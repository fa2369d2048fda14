package io.triport.objects.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.Grant;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Storage;
import io.triport.objects.bucket.AnonymousAccess;
import io.triport.objects.bucket.Bucket;
import io.triport.objects.bucket.BucketListing;
import io.triport.objects.bucket.Buckets;
import io.triport.objects.bucket.Quota;
import io.triport.objects.wire.S3Refused;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotasTest {
    private static final long LIMIT = 10_000;
    private static final Quota EACH = quota(Quota.Scope.IDENTITY, Quota.Direction.BOTH);
    private static final Quota ALL = quota(Quota.Scope.BUCKET, Quota.Direction.BOTH);

    private final SettableClock clock = SettableClock.at("2026-11-21T12:00:00Z");
    private final TestGrants grants = new TestGrants(clock);
    private final PlainObjects objects = new PlainObjects();
    private final Storage storage = new Storage(
            new FakeStorageEngine(clock),
            ObjectStores.none(),
            objects,
            clock,
            new SettableTicker(),
            new RecordingStorageLog());
    private final Grant alice = grants.of("alice");
    private final Grant bob = grants.of("bob");

    @Test
    void bytes_that_do_not_fit_are_refused_until_the_window_has_slid_past_others() {
        var node = new Node(bucket(EACH));
        node.pass(alice, 6_000);
        clock.advance(Duration.ofSeconds(30));
        node.pass(alice, 4_000);

        var refused = node.refused(alice, 1);
        clock.advance(Duration.ofSeconds(Long.parseLong(refused.fields().get("Retry-After"))));

        assertThat(refused.error().status()).isEqualTo(429);
        assertThat(refused.error().code()).isEqualTo("SlowDown");
        node.pass(alice, 6_000);
        assertThat(node.refused(alice, 1).error().status()).isEqualTo(429);
    }

    @Test
    void an_identity_has_its_own_quota_and_a_bucket_may_have_one_for_all() {
        var each = new Node(bucket(EACH));
        each.pass(alice, 10_000);
        each.pass(bob, 10_000);
        var all = new Node(bucket(ALL));
        all.pass(alice, 10_000);

        assertThat(each.refused(alice, 1).error().status()).isEqualTo(429);
        assertThat(all.refused(bob, 1).error().status()).isEqualTo(429);
    }

    @Test
    void only_bytes_of_the_quotas_direction_count() {
        var bucket = bucket(quota(Quota.Scope.IDENTITY, Quota.Direction.EGRESS));
        var node = new Node(bucket);

        assertThat(node.metering.reserve(bucket, alice, Quota.Direction.INGRESS, 20_000))
                .isEmpty();
        assertThat(node.metering.reserve(bucket, alice, Quota.Direction.EGRESS, 10_000))
                .isPresent();
    }

    @Test
    void what_a_transfer_did_not_need_is_given_back_and_what_passed_stays_counted() {
        var node = new Node(bucket(EACH));
        var aborted = node.reserve(alice, 10_000);
        aborted.moved(2_500);
        assertThat(node.refused(alice, 1).error().status()).isEqualTo(429);

        aborted.end();

        assertThat(node.used()).isEqualTo(2_500);
        node.pass(alice, 7_500);
        assertThat(node.refused(alice, 1).error().status()).isEqualTo(429);
    }

    @Test
    void what_passed_without_a_reservation_counts_too() {
        var node = new Node(bucket(EACH));

        node.metering.count(node.bucket, alice, Quota.Direction.EGRESS, 9_999);

        assertThat(node.used()).isEqualTo(9_999);
        node.pass(alice, 1);
        assertThat(node.refused(alice, 1).error().status()).isEqualTo(429);
    }

    @Test
    void a_quota_is_never_exceeded_by_many_at_once() {
        var node = new Node(bucket(ALL));
        var reserved = new AtomicLong();
        var moved = new AtomicLong();

        AtOnce.run(64, number -> () -> {
            var random = new Random(number);
            for (var i = 0; i < 100; i++) {
                var bytes = random.nextLong(1, 400);
                try {
                    var held = node.reserve(number % 2 == 0 ? alice : bob, bytes);
                    reserved.addAndGet(bytes);
                    var part = random.nextLong(bytes + 1);
                    held.moved(part);
                    moved.addAndGet(part);
                    held.end();
                } catch (S3Refused e) {
                    assertThat(node.used()).isLessThanOrEqualTo(LIMIT);
                }
            }
            return number;
        });

        assertThat(moved.get()).isLessThanOrEqualTo(LIMIT).isEqualTo(node.used());
        assertThat(reserved.get()).isGreaterThan(LIMIT);
        node.pass(alice, LIMIT - moved.get());
        assertThat(node.refused(alice, 1).error().status()).isEqualTo(429);
    }

    @Test
    void a_restart_keeps_what_was_used() {
        var before = new Node(bucket(EACH));
        before.pass(alice, 9_000);
        before.sync();

        var after = new Node(bucket(EACH));

        var kept = MeterName.of(after.bucket.name(), EACH, alice.principal().id());
        assertThat(after.metering.now())
                .containsExactly(new Consumption(kept.text(), after.bucket.name(), "test:alice", 9_000, EACH));
        assertThat(after.refused(alice, 1_001).error().status()).isEqualTo(429);
        after.pass(alice, 1_000);
        after.pass(bob, 10_000);
    }

    @Test
    void nodes_learn_of_each_other_when_they_are_in_step() {
        var one = new Node(bucket(EACH));
        var other = new Node(bucket(EACH));
        one.pass(alice, 5_000);
        other.pass(alice, 1);

        one.sync();
        other.sync();

        assertThat(other.used()).isEqualTo(5_001);
        assertThat(other.refused(alice, 5_000).error().status()).isEqualTo(429);
    }

    @Test
    void nothing_is_lost_while_the_objects_do_not_answer() {
        var node = new Node(bucket(EACH));
        node.pass(alice, 3_000);
        objects.down.set(true);
        node.sync();
        node.pass(alice, 1_000);
        node.sync();

        objects.down.set(false);
        node.sync();

        assertThat(node.used()).isEqualTo(4_000);
        assertThat(new Node(bucket(EACH)).used()).isEqualTo(4_000);
    }

    @Test
    void nothing_is_admitted_before_it_is_known_what_was_used() {
        var node = new Node(bucket(EACH));
        node.pass(alice, 10_000);
        node.sync();
        var quotas = new Quotas(node);

        assertThat(quotas.due()).isTrue();
        var late = new java.util.concurrent.CompletableFuture<Quotas.Outcome>();
        Thread.ofVirtual()
                .start(() -> late.complete(quotas.reserve(
                        MeterName.of(node.bucket.name(), EACH, alice.principal().id()), EACH, 1, clock.instant())));
        quotas.sync(grants.ofEverything(), storage);

        assertThat(late.join().delay()).isPositive();
    }

    @Test
    void nobody_is_told_that_nothing_was_used_before_that_is_known() {
        var node = new Node(bucket(EACH));
        var early = new Metering(new Quotas(node), clock, new SimpleMeterRegistry());

        assertThatThrownBy(early::now).isInstanceOf(StorageFailure.Unavailable.class);
        assertThat(node.metering.now()).isEmpty();
        assertThat(new Metering(new Quotas(new Node(bucket(null))), clock, new SimpleMeterRegistry()).now())
                .isEmpty();
    }

    @Test
    void nothing_is_done_while_nothing_was_counted() {
        var node = new Node(bucket(EACH));
        var before = objects.turns.get();

        assertThat(node.quotas.due()).isFalse();
        node.pass(alice, 1);
        assertThat(node.quotas.due()).isTrue();
        node.sync();

        assertThat(node.quotas.due()).isFalse();
        assertThat(objects.turns.get()).isEqualTo(before + 1);
        assertThat(new Quotas(new Node(bucket(null))).due()).isFalse();
    }

    @Test
    void objects_and_meters_go_when_nothing_is_left_in_the_window() {
        var node = new Node(bucket(EACH));
        node.pass(alice, 100);
        node.sync();
        assertThat(objects.kept()).isEqualTo(1);

        clock.advance(Duration.ofHours(1));
        node.pass(bob, 1);
        node.sync();

        assertThat(objects.kept()).isEqualTo(1);
        assertThat(node.metering.now()).extracting(Consumption::identity).containsExactly("test:bob");
    }

    @Test
    void a_quota_of_another_window_goes_on_with_what_was_counted() {
        var hour = new Quota(ByteSize.ofBytes(LIMIT), Duration.ofHours(1), Quota.Scope.IDENTITY, Quota.Direction.BOTH);
        var node = new Node(bucket(EACH));
        node.pass(alice, 4_000);
        node.sync();
        node.pass(alice, 1_000);

        node.bucket = bucket(hour);
        node.pass(alice, 5_000);
        clock.advance(Duration.ofMinutes(59));

        assertThat(node.refused(alice, 1).error().status()).isEqualTo(429);
        node.sync();
        assertThat(new Node(bucket(hour)).used()).isEqualTo(10_000);
        clock.advance(Duration.ofMinutes(3));
        node.pass(alice, 10_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, 59, 60, 61, 3_600, 86_400, 2_592_000})
    void a_window_has_at_most_60_slots_and_forgets_no_byte_too_early(long seconds) {
        var quota =
                new Quota(ByteSize.ofBytes(1), Duration.ofSeconds(seconds), Quota.Scope.BUCKET, Quota.Direction.BOTH);
        var random = new Random(seconds);

        for (var i = 0; i < 1_000; i++) {
            var counted = Instant.ofEpochSecond(1_700_000_000 + random.nextLong(100_000));
            var slot = quota.slot(counted);
            var last = counted.plusSeconds(seconds);
            assertThat(quota.slot(last) - quota.oldest(last) + 1).isLessThanOrEqualTo(60);
            assertThat(slot).isGreaterThanOrEqualTo(quota.oldest(last));
            assertThat(slot).isLessThan(quota.oldest(quota.forgotten(slot)));
            assertThat(slot)
                    .isGreaterThanOrEqualTo(quota.oldest(quota.forgotten(slot).minusSeconds(1)));
        }
    }

    @Test
    void the_gauge_of_a_bucket_shows_what_all_have_used() {
        var node = new Node(bucket(EACH));
        node.pass(alice, 100);
        node.pass(bob, 50);

        assertThat(node.registry.get("quota.used").tag("bucket", "data").gauge().value())
                .isEqualTo(150);
    }

    private static Quota quota(Quota.Scope scope, Quota.Direction direction) {
        return new Quota(ByteSize.ofBytes(LIMIT), Duration.ofSeconds(60), scope, direction);
    }

    private static Bucket bucket(@org.jspecify.annotations.Nullable Quota quota) {
        var binding = new BucketBinding(new BucketName("data"), new Backend.Memory(), Bytes.EMPTY, Versioning.OFF);
        return new Bucket(
                binding,
                AnonymousAccess.NONE,
                Set.of(),
                List.of(),
                ByteSize.ofBytes(1),
                Bucket.Writes.ALLOWED,
                BucketListing.PLAIN,
                Bucket.About.NOTHING,
                quota);
    }

    /** A process with one bucket, over the same objects. */
    private final class Node implements Buckets {
        private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
        private final Quotas quotas = new Quotas(this);
        private final Metering metering = new Metering(quotas, clock, registry);
        private Bucket bucket;

        private Node(Bucket bucket) {
            this.bucket = bucket;
            sync();
        }

        @Override
        public Optional<Bucket> find(BucketName name) {
            return Optional.of(bucket).filter(one -> one.name().equals(name));
        }

        @Override
        public List<Bucket> all() {
            return List.of(bucket);
        }

        private void sync() {
            quotas.sync(grants.ofEverything(), storage);
        }

        private Reservation reserve(Grant grant, long bytes) {
            return metering.reserve(bucket, grant, Quota.Direction.EGRESS, bytes)
                    .orElseThrow();
        }

        private void pass(Grant grant, long bytes) {
            var held = reserve(grant, bytes);
            held.moved(bytes);
            held.end(bytes);
        }

        private S3Refused refused(Grant grant, long bytes) {
            try {
                reserve(grant, bytes);
            } catch (S3Refused e) {
                return e;
            }
            throw new AssertionError(bytes + " bytes fit");
        }

        private long used() {
            return metering.now().stream().mapToLong(Consumption::usedBytes).sum();
        }
    }
}
