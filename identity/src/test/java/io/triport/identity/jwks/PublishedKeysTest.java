package io.triport.identity.jwks;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.KeySource.Found;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jose.TestIssuer;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PublishedKeysTest {
    private static final TestIssuer OLD = TestIssuer.of("old", JwsAlgorithm.ES256);
    private static final TestIssuer NEW = TestIssuer.of("new", JwsAlgorithm.ES256);

    private static final JwksSettings SETTINGS =
            JwksSettings.of(JwksUrl.parse("https://idp.example/keys", JwksUrl.Plain.NEVER));

    private final SettableTicker ticker = new SettableTicker();
    private final KeyServer server = new KeyServer(OLD);

    @Test
    void the_first_set_is_fetched_at_the_start_and_nobody_waits_for_it_on_an_event_loop() {
        Queue<Runnable> later = new ArrayDeque<>();
        var keys = keys(later::add);

        assertThat(keys.ready()).isFalse();
        assertThat(keys.holds(Optional.of("old"), JwsAlgorithm.ES256)).isFalse();
        assertThat(server.asked()).isZero();

        later.remove().run();

        assertThat(later).isEmpty();
        assertThat(keys.ready()).isTrue();
        assertThat(find(keys, "old")).isInstanceOf(Found.Keys.class);
        assertThat(server.asked()).isOne();
    }

    @Test
    void who_asks_before_there_is_a_set_waits_for_the_fetch_under_way() throws Exception {
        for (var outcome : List.of(Found.Keys.class, Found.Unavailable.class)) {
            Queue<Runnable> later = new ArrayDeque<>();
            var keys = keys(later::add);
            var found = new CompletableFuture<Found>();
            var asker = Thread.ofVirtual().start(() -> found.complete(find(keys, "old")));
            while (asker.getState() != Thread.State.TIMED_WAITING && asker.isAlive()) {
                Thread.onSpinWait();
            }

            later.remove().run();

            assertThat(found.get(10, TimeUnit.SECONDS)).isInstanceOf(outcome);
            server.fails();
        }
    }

    @Test
    void two_hundred_and_fifty_six_wait_and_who_comes_then_is_told_at_once() throws Exception {
        Queue<Runnable> later = new ArrayDeque<>();
        var keys = new PublishedKeys(SETTINGS, around(later::add), Duration.ofHours(1));
        var waiting = new ArrayList<CompletableFuture<Found>>();
        for (var i = 0; i < 256; i++) {
            var found = new CompletableFuture<Found>();
            waiting.add(found);
            var asker = Thread.ofVirtual().start(() -> found.complete(find(keys, "old")));
            while (asker.getState() != Thread.State.TIMED_WAITING && asker.isAlive()) {
                Thread.onSpinWait();
            }
        }

        var one = CompletableFuture.supplyAsync(() -> find(keys, "old"));
        assertThat(one.get(30, TimeUnit.SECONDS)).isInstanceOf(Found.Unavailable.class);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);

        later.remove().run();
        for (var found : waiting) {
            assertThat(found.get(30, TimeUnit.SECONDS)).isInstanceOf(Found.Keys.class);
        }
    }

    @Test
    void between_two_attempts_nobody_waits() {
        server.fails();
        Queue<Runnable> later = new ArrayDeque<>();
        var keys = keys(later::add);
        later.remove().run();

        assertThat(find(keys, "old")).isInstanceOf(Found.Unavailable.class);
        assertThat(later).isEmpty();
    }

    @Test
    void a_new_key_is_found_by_the_first_token_that_names_it() {
        var keys = keys(Runnable::run);
        server.publishes(OLD, NEW);

        assertThat(keys.holds(Optional.of("new"), JwsAlgorithm.ES256)).isFalse();
        assertThat(find(keys, "new")).isInstanceOf(Found.Keys.class);
        assertThat(find(keys, "old")).isInstanceOf(Found.Keys.class);
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void a_key_that_vanished_is_not_used_from_then_on() {
        var keys = keys(Runnable::run);
        var before = keys.generation();
        server.publishes(NEW);

        assertThat(find(keys, "new")).isInstanceOf(Found.Keys.class);

        assertThat(find(keys, "old")).isInstanceOf(Found.Unknown.class);
        assertThat(keys.generation()).isNotEqualTo(before);
    }

    @Test
    void the_same_set_once_more_is_no_new_generation() {
        var keys = keys(Runnable::run);
        var before = keys.generation();

        find(keys, "other");

        assertThat(server.asked()).isEqualTo(2);
        assertThat(keys.generation()).isEqualTo(before);
    }

    @Test
    void a_flood_of_made_up_ids_causes_at_most_two_fetches_a_minute_and_five_in_ten() {
        var keys = keys(Runnable::run);
        var perMinute = new int[10];

        for (var minute = 0; minute < perMinute.length; minute++) {
            var before = server.asked();
            for (var request = 0; request < 6_000; request++) {
                assertThat(find(keys, "made-up-" + minute + "-" + request)).isInstanceOf(Found.Unknown.class);
                ticker.advance(Duration.ofMillis(10));
            }
            perMinute[minute] = server.asked() - before;
        }

        assertThat(IntStream.of(perMinute)).allMatch(fetches -> fetches <= 2);
        // Besides five that strangers may cause, the first and the one that was due.
        assertThat(server.asked()).isLessThanOrEqualTo(7);
    }

    @Test
    void an_id_that_was_asked_for_is_not_asked_for_again_within_a_minute() {
        var keys = keys(Runnable::run);
        find(keys, "made-up");
        ticker.advance(Duration.ofSeconds(31));

        assertThat(keys.holds(Optional.of("made-up"), JwsAlgorithm.ES256)).isTrue();
        assertThat(find(keys, "made-up")).isInstanceOf(Found.Unknown.class);
        assertThat(server.asked()).isEqualTo(2);

        ticker.advance(Duration.ofSeconds(30));
        find(keys, "made-up");

        assertThat(server.asked()).isEqualTo(3);
    }

    @Test
    void all_who_ask_for_a_new_key_share_one_fetch() throws Exception {
        Queue<Runnable> first = new ArrayDeque<>();
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var fetches = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var keys = keys(task -> {
                if (fetches.getAndIncrement() == 0) {
                    first.add(task);
                } else {
                    threads.execute(() -> {
                        begun.countDown();
                        await(go);
                        task.run();
                    });
                }
            });
            first.remove().run();
            server.publishes(OLD, NEW);
            Callable<Found> asking = () -> find(keys, "new");
            var asked = Stream.generate(() -> threads.submit(asking)).limit(50).toList();
            await(begun);
            go.countDown();

            for (var answer : asked) {
                assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Found.Keys.class);
            }
        }
        assertThat(fetches.get()).isEqualTo(2);
        assertThat(server.asked()).isEqualTo(2);
    }

    @Test
    void a_set_is_refreshed_in_the_background_at_three_quarters_of_its_life() {
        Queue<Runnable> later = new ArrayDeque<>();
        var keys = keys(later::add);
        later.remove().run();
        server.publishes(OLD, NEW);

        ticker.advance(Duration.ofSeconds(389));
        keys.refreshIfDue();
        assertThat(later).isEmpty();
        ticker.advance(Duration.ofSeconds(61));

        assertThat(find(keys, "old")).isInstanceOf(Found.Keys.class);
        assertThat(later).hasSize(1);
        later.remove().run();
        assertThat(keys.holds(Optional.of("new"), JwsAlgorithm.ES256)).isTrue();
    }

    @Test
    void known_keys_go_on_for_a_day_when_the_issuer_is_down() {
        var keys = keys(Runnable::run);
        server.fails();

        for (var hour = 0; hour < 24; hour++) {
            ticker.advance(Duration.ofHours(1));
            assertThat(find(keys, "old")).isInstanceOf(Found.Keys.class);
            assertThat(find(keys, "new")).isInstanceOf(Found.Unknown.class);
        }
        ticker.advance(Duration.ofSeconds(1));

        assertThat(find(keys, "old")).isInstanceOf(Found.Unavailable.class);
        assertThat(keys.ready()).isFalse();
        server.publishes(OLD);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(keys.ready()).isTrue();
        assertThat(find(keys, "old")).isInstanceOf(Found.Keys.class);
    }

    @Test
    void a_source_that_fails_is_asked_again_after_ever_longer_times() {
        server.fails();
        var keys = keys(Runnable::run);

        for (var second = 0; second < 600; second++) {
            assertThat(keys.ready()).isFalse();
            ticker.advance(Duration.ofSeconds(1));
        }

        assertThat(server.asked()).isBetween(10, 25);
        assertThat(keys.numbers().failed()).isEqualTo(server.asked());
    }

    @Test
    void a_set_that_is_refused_leaves_the_one_before() {
        var keys = keys(Runnable::run);
        server.says("{\"keys\":[" + OLD.jwk() + "," + NEW.jwk().replace("\"new\"", "\"old\"") + "]}");
        ticker.advance(Duration.ofMinutes(10));

        assertThat(find(keys, "old")).isInstanceOf(Found.Keys.class);
        assertThat(keys.numbers().refused()).isOne();
        assertThat(keys.numbers().keys()).isOne();
        assertThat(keys.numbers().age()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void a_token_without_an_id_causes_no_fetch() {
        var keys = keys(Runnable::run);

        assertThat(keys.find(Optional.empty(), JwsAlgorithm.RS256)).isInstanceOf(Found.Unknown.class);
        assertThat(keys.find(Optional.of("old"), JwsAlgorithm.RS256)).isInstanceOf(Found.Unknown.class);
        assertThat(server.asked()).isOne();
    }

    private PublishedKeys keys(Executor background) {
        return new PublishedKeys(SETTINGS, around(background));
    }

    private PublishedKeys.Surroundings around(Executor background) {
        return new PublishedKeys.Surroundings(
                server, SignatureEngine.present(), background, ticker, length -> new byte[length]);
    }

    private static Found find(PublishedKeys keys, String kid) {
        return keys.find(Optional.of(kid), JwsAlgorithm.ES256);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
