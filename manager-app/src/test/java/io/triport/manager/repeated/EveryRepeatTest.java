package io.triport.manager.repeated;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.manager.ManagerUnderTest.Answer;
import io.triport.manager.route.Route;
import io.triport.manager.route.RouteTable;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Repeats a call of every route that changes something. */
final class EveryRepeatTest {
    /** Sets a cookie, which is no answer to be kept. */
    private static final Set<String> SIGNING_IN = Set.of("POST /api/sign-in/token");

    /** Told to somebody else, or nothing where nothing lies elsewhere. */
    private static final Set<String> UNSEEN = Set.of(
            "POST /api/webhooks/{id}/test",
            "POST /api/admin/sync-keys/{ns}",
            "POST /client/v4/zones/{zone}/purge_cache");

    /** Shows a secret once. */
    private static final Set<String> SECRET =
            Set.of("POST /api/api-keys", "POST /client/v4/accounts/{account}/r2/temp-access-credentials");

    private static Bench bench;

    @BeforeAll
    static void start() {
        bench = new Bench();
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    @Test
    void every_route_that_may_change_something_is_in_the_table() {
        var there = bench.manager().part(RouteTable.class).routes().stream()
                .filter(route -> route.handler() instanceof Route.Guarded
                        && !route.method().equals("GET"))
                .map(route -> route.method() + " " + route.pattern())
                .collect(Collectors.toCollection(TreeSet::new));

        var known = new TreeSet<>(SIGNING_IN);
        known.addAll(Repeatable.all().keySet());
        known.addAll(Repeatable.reading().keySet());

        assertThat(known).isEqualTo(there).hasSizeGreaterThan(60);
    }

    @TestFactory
    Stream<DynamicTest> a_repeated_call_changes_nothing_and_hears_what_the_first_one_heard() {
        return Repeatable.all().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(), () -> repeat(row.getKey(), row.getValue().apply(bench))));
    }

    private static void repeat(String route, Sent sent) {
        var method = route.substring(0, route.indexOf(' '));
        var name = "once: " + route;
        bench.pass();
        var before = bench.seen(sent.namespace());

        var first = bench.send(method, sent, name);
        bench.settle(first);
        var after = bench.seen(sent.namespace());
        bench.pass();
        var again = bench.send(method, sent, name);
        var other = bench.send(method, sent.altered(), name);

        assertThat(first.status()).as(first.text()).isBetween(200, 299);
        if (SECRET.contains(route)) {
            assertThat(again.status()).isEqualTo(409);
            assertThat(again.text()).contains("which is shown once");
            assertThat(again.header("Retry-After")).isEmpty();
        } else {
            equal(again, first);
        }
        conflict(other);
        assertThat(bench.seen(sent.namespace())).isEqualTo(after);
        if (!UNSEEN.contains(route)) {
            assertThat(after).isNotEqualTo(before);
        }
    }

    private static void equal(Answer again, Answer first) {
        assertThat(again.status()).as(again.text()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        for (var field : Set.of("Content-Type", "ETag", "Cache-Control")) {
            assertThat(again.header(field)).as(field).isEqualTo(first.header(field));
        }
    }

    private static void conflict(Answer other) {
        assertThat(other.status()).as(other.text()).isEqualTo(409);
        assertThat(other.text()).contains("The Idempotency-Key was used for another request");
    }

    @TestFactory
    Stream<DynamicTest> what_only_reads_uses_up_no_name() {
        return Repeatable.reading().entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    var sent = row.getValue().apply(bench);
                    var method = row.getKey().substring(0, row.getKey().indexOf(' '));

                    var first = bench.send(method, sent, "read");
                    var other = bench.send(method, sent.altered(), "read");

                    assertThat(first.status()).as(first.text()).isEqualTo(200);
                    assertThat(other.status()).as(other.text()).isEqualTo(200);
                }));
    }
}
