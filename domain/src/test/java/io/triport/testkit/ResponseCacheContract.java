package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePart;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CachePut.Reason;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheTag;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every cache of responses promises. The tag of a test names the case of the contract that it belongs to. */
public abstract class ResponseCacheContract {
    @RegisterExtension
    static final CaseMatrix MATRIX =
            new CaseMatrix("cache-matrix", "C-", test -> ((ResponseCacheContract) test).adapter());

    private static final CacheName NAME = new CacheName("pages");
    private static final CachePart ANN = new CachePart("ann");
    private static final CachePart BEN = new CachePart("ben");
    private static final String FRESH = "cache-control: public, max-age=60";

    private ResponseCacheFixture fixture;

    /** The name of the adapter's row in the matrix. */
    protected abstract String adapter();

    /** A fixture over data of its own; the contract closes it. */
    protected abstract ResponseCacheFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @Tag("C-01")
    void what_was_put_is_found_until_it_is_deleted() {
        assertThat(of(ANN).match(get("/a"))).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).delete(get("/a"))).isFalse();

        assertThat(put(ANN, get("/a"), "first", FRESH, "x-own: 1, 2")).isEqualTo(new CachePut.Stored(5));

        var found = hit(of(ANN), get("/a"));
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.headers().fields())
                .containsEntry("x-own", List.of("1, 2"))
                .containsEntry("content-length", List.of("5"))
                .containsEntry("age", List.of("0"))
                .containsEntry("cf-cache-status", List.of("HIT"));
        assertThat(text(found)).isEqualTo("first");
        assertThat(of(ANN).match(get("/b"))).isEqualTo(new CacheMatch.Miss());
        assertThat(fixture.caches().cache(new CacheName("others"), ANN).match(get("/a")))
                .isEqualTo(new CacheMatch.Miss());

        assertThat(of(ANN).delete(get("/a"))).isTrue();
        assertThat(of(ANN).delete(get("/a"))).isFalse();
        assertThat(of(ANN).match(get("/a"))).isEqualTo(new CacheMatch.Miss());
    }

    @Test
    @Tag("C-01")
    void the_newer_response_takes_the_place_of_the_older() {
        put(ANN, get("/a"), "private", "cache-control: max-age=60");
        put(ANN, get("/a"), "public", FRESH);
        assertThat(text(hit(of(ANN), get("/a")))).isEqualTo("public");

        put(ANN, get("/a"), "newest", FRESH);
        assertThat(text(hit(of(ANN), get("/a")))).isEqualTo("newest");
    }

    @Test
    @Tag("C-01")
    void any_method_but_get_is_a_miss_unless_it_is_ignored() {
        put(ANN, get("/a"), "first", FRESH);
        var head = new CacheRequest(Method.HEAD, url("/a"), Headers.NONE);

        assertThat(of(ANN).match(head)).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).delete(head)).isFalse();
        assertThat(text(hit(of(ANN), head.ignoringMethod()))).isEqualTo("first");
        assertThat(of(ANN).delete(head.ignoringMethod())).isTrue();
    }

    @ParameterizedTest
    @Tag("C-02")
    @CsvSource(
            delimiter = '|',
            value = {
                "cache-control: max-age=60                        | STORED",
                "cache-control: s-maxage=60                       | STORED",
                "cache-control: max-age=0, s-maxage=60            | STORED",
                "cache-control: MAX-AGE=60                        | STORED",
                "cache-control: max-age=\"60\"                    | STORED",
                "cache-control: max-age=60, private=\"x-own\"     | STORED",
                "cache-control: max-age=60, no-cache=\"x-own\"    | STORED",
                "expires: IN_A_MINUTE                             | STORED",
                "x-nothing: 1                                     | NO_FRESHNESS",
                "cache-control: public                            | NO_FRESHNESS",
                "cache-control: max-age=0                         | NO_FRESHNESS",
                "cache-control: max-age=60, s-maxage=0            | NO_FRESHNESS",
                "cache-control: max-age=soon                      | NO_FRESHNESS",
                "cache-control: max-age=60, no-cache              | NO_FRESHNESS",
                "expires: 0                                       | NO_FRESHNESS",
                "expires: A_MINUTE_AGO                            | NO_FRESHNESS",
                "cache-control: max-age=60, no-store              | NO_STORE",
                "cache-control: max-age=60, private               | PRIVATE",
            })
    void a_response_is_kept_when_it_may_be_and_is_fresh(String field, String outcome) {
        var dated = field.replace("IN_A_MINUTE", date(Duration.ofMinutes(1)))
                .replace("A_MINUTE_AGO", date(Duration.ofMinutes(-1)));

        var stored = put(ANN, get("/a"), "body", dated);

        assertThat(stored)
                .isEqualTo(
                        outcome.equals("STORED")
                                ? new CachePut.Stored(4)
                                : new CachePut.NotStorable(Reason.valueOf(outcome)));
        assertThat(of(ANN).match(get("/a")) instanceof CacheMatch.Hit).isEqualTo(outcome.equals("STORED"));
    }

    @Test
    @Tag("C-02")
    void what_is_refused_leaves_what_was_there() {
        put(ANN, get("/a"), "first", FRESH);

        put(ANN, get("/a"), "second", "cache-control: no-store");

        assertThat(text(hit(of(ANN), get("/a")))).isEqualTo("first");
    }

    @Test
    @Tag("C-02")
    void fields_of_a_connection_and_those_kept_for_the_caller_are_not_stored() {
        put(
                ANN,
                get("/a"),
                "body",
                "cache-control: max-age=60, private=\"X-Own, x-other\"",
                "x-own: 1",
                "x-other: 2",
                "connection: x-hop",
                "x-hop: 3",
                "keep-alive: 4",
                "x-stays: 5");

        assertThat(hit(of(ANN), get("/a")).headers().fields())
                .containsOnlyKeys("cache-control", "x-stays", "age", "cf-cache-status", "content-length");
    }

    @Test
    @Tag("C-02")
    void a_body_that_is_too_large_is_not_stored_and_one_that_says_so_is_not_read() {
        var most = ResponseCacheFixture.LARGEST.bytes();
        var sized = new SizedContent(most + 1);
        var streamed = GeneratedContent.of(1, most + 1);

        assertThat(putContent(sized)).isEqualTo(new CachePut.NotStorable(Reason.TOO_LARGE));
        assertThat(sized.read()).isFalse();
        assertThat(sized.closed()).isTrue();
        assertThat(putContent(streamed)).isEqualTo(new CachePut.NotStorable(Reason.TOO_LARGE));
        assertThat(streamed.closed()).isTrue();
        assertThat(of(ANN).match(get("/a"))).isEqualTo(new CacheMatch.Miss());

        assertThat(putContent(GeneratedContent.of(1, most))).isEqualTo(new CachePut.Stored(most));
    }

    @Test
    @Tag("C-03")
    void each_language_gets_its_own_response() {
        put(ANN, get("/a", "accept-language: en"), "hello", FRESH, "vary: Accept-Language");
        put(ANN, get("/a", "accept-language: fr"), "bonjour", FRESH, "vary: Accept-Language");

        assertThat(text(hit(of(ANN), get("/a", "accept-language: en")))).isEqualTo("hello");
        assertThat(text(hit(of(BEN), get("/a", "accept-language: fr", "x-else: 1"))))
                .isEqualTo("bonjour");
        assertThat(of(ANN).match(get("/a", "accept-language: de"))).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).match(get("/a"))).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).delete(get("/a"))).isTrue();
        assertThat(of(ANN).match(get("/a", "accept-language: en"))).isEqualTo(new CacheMatch.Miss());
    }

    @Test
    @Tag("C-03")
    void of_33_variants_the_one_stored_first_goes() {
        IntStream.rangeClosed(0, 32)
                .forEach(number -> put(ANN, get("/a", "x-kind: " + number), "of " + number, FRESH, "vary: x-kind"));

        assertThat(of(ANN).match(get("/a", "x-kind: 0"))).isEqualTo(new CacheMatch.Miss());
        IntStream.rangeClosed(1, 32)
                .forEach(number -> assertThat(text(hit(of(ANN), get("/a", "x-kind: " + number))))
                        .isEqualTo("of " + number));
    }

    @Test
    @Tag("C-04")
    void a_part_of_a_response_and_one_chosen_by_anything_and_one_to_a_post_are_errors() {
        var body = GeneratedContent.of(1, 10);
        var post = new CacheRequest(Method.POST, url("/a"), Headers.NONE);

        assertRefused(() -> of(ANN).put(get("/a"), new CachedResponse(206, headers(FRESH), body)));
        assertThat(body.closed()).isTrue();
        assertRefused(() -> of(ANN).put(get("/a"), new CachedResponse(304, headers(FRESH), content("x"))));
        assertRefused(() -> put(ANN, get("/a"), "x", FRESH, "vary: accept, *"));
        assertRefused(() -> of(ANN).put(post, new CachedResponse(200, headers(FRESH), content("x"))));
        assertThat(of(ANN).match(get("/a"))).isEqualTo(new CacheMatch.Miss());
    }

    @Test
    @Tag("C-05")
    void a_cookie_is_never_stored() {
        assertThat(put(ANN, get("/a"), "x", FRESH, "set-cookie: id=1"))
                .isEqualTo(new CachePut.NotStorable(Reason.SET_COOKIE));

        put(ANN, get("/a"), "x", "cache-control: public, max-age=60, private=Set-Cookie", "set-cookie: id=1");

        assertThat(hit(of(ANN), get("/a")).headers().has("set-cookie")).isFalse();
    }

    @ParameterizedTest
    @Tag("C-06")
    @CsvSource({
        "max-age=60, false",
        "max-age=60; public, true",
        "s-maxage=60, true",
        "max-age=60; must-revalidate, true",
        "max-age=60; proxy-revalidate, false"
    })
    void an_answer_to_credentials_is_stored_when_it_permits_that(String control, boolean stored) {
        var request = get("/a", "authorization: Bearer secret");

        var outcome = put(ANN, request, "x", "cache-control: " + control.replace(';', ','));

        assertThat(outcome).isEqualTo(stored ? new CachePut.Stored(1) : new CachePut.NotStorable(Reason.AUTHORIZATION));
    }

    @Test
    @Tag("C-07")
    void nobody_gets_what_was_made_for_another_unless_it_says_public() {
        var directives = List.of("public", "max-age=60", "s-maxage=60", "must-revalidate", "private=\"set-cookie\"");
        var others = List.of("vary: authorization", "expires: " + date(Duration.ofMinutes(1)), "cf-cache-status: HIT");
        for (var chosen = 0; chosen < 1 << (directives.size() + others.size() + 1); chosen++) {
            var bits = chosen;
            var control = chosen(directives, bits).collect(Collectors.joining(", "));
            var fields =
                    new ArrayList<>(chosen(others, bits >> directives.size()).toList());
            fields.add("cache-control: " + control);
            var credentials = bits >> (directives.size() + others.size()) == 1;
            var request = credentials ? get("/" + bits, "authorization: Bearer a") : get("/" + bits);

            put(ANN, request, "for ann", fields.toArray(String[]::new));

            if (!control.contains("public")) {
                assertThat(of(BEN).match(request)).as(control + fields).isEqualTo(new CacheMatch.Miss());
                assertThat(of(BEN).delete(request)).isFalse();
            } else if (of(ANN).match(request) instanceof CacheMatch.Hit) {
                assertThat(text(hit(of(BEN), request))).isEqualTo("for ann");
            }
        }
    }

    @Test
    @Tag("C-08")
    void a_response_is_found_while_it_is_fresh_and_says_how_old_it_is() {
        put(ANN, get("/max"), "x", "cache-control: public, max-age=60", "age: 20");
        put(ANN, get("/expires"), "x", "cache-control: public", "expires: " + date(Duration.ofMinutes(1)));
        put(ANN, get("/shared"), "x", "cache-control: public, max-age=5, s-maxage=60");

        fixture.clock().advance(Duration.ofSeconds(39));
        assertThat(hit(of(ANN), get("/max")).headers().only("age")).hasValue("59");
        assertThat(of(ANN).match(get("/shared", "cache-control: no-cache"))).isInstanceOf(CacheMatch.Hit.class);

        fixture.clock().advance(Duration.ofSeconds(1));
        assertThat(of(ANN).match(get("/max"))).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).delete(get("/max"))).isFalse();

        fixture.clock().advance(Duration.ofSeconds(19));
        assertThat(of(ANN).match(get("/expires"))).isInstanceOf(CacheMatch.Hit.class);
        assertThat(of(ANN).match(get("/shared"))).isInstanceOf(CacheMatch.Hit.class);

        fixture.clock().advance(Duration.ofSeconds(1));
        assertThat(of(ANN).match(get("/expires"))).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).match(get("/shared"))).isEqualTo(new CacheMatch.Miss());
    }

    @Test
    @Tag("C-08")
    void a_response_that_is_older_than_it_may_be_when_it_comes_is_not_stored() {
        assertThat(put(ANN, get("/a"), "x", "cache-control: public, max-age=60", "age: 60"))
                .isEqualTo(new CachePut.NotStorable(Reason.NO_FRESHNESS));
    }

    @ParameterizedTest
    @Tag("C-09")
    @CsvSource({
        "if-none-match: \"v1\", true",
        "if-none-match: W/\"v1\", true",
        "'if-none-match: \"v0\", W/\"v1\"', true",
        "if-none-match: *, true",
        "if-none-match: \"v2\", false",
        "if-modified-since: MODIFIED, true",
        "if-modified-since: BEFORE, false",
        "if-modified-since: yesterday, false"
    })
    void a_caller_that_has_the_response_hears_so(String condition, boolean unchanged) {
        put(
                ANN,
                get("/a"),
                "body",
                FRESH,
                "etag: W/\"v1\"",
                "content-type: text/plain",
                "last-modified: " + date(Duration.ofHours(-1)));

        var answer = of(ANN).match(get(
                "/a",
                condition
                        .replace("MODIFIED", date(Duration.ofHours(-1)))
                        .replace("BEFORE", date(Duration.ofHours(-2)))));

        if (unchanged) {
            assertThat(answer)
                    .asInstanceOf(type(CacheMatch.NotModified.class))
                    .extracting(one -> one.headers().fields().keySet())
                    .isEqualTo(Set.of("age", "cache-control", "cf-cache-status", "etag", "last-modified"));
        } else {
            assertThat(answer).isInstanceOf(CacheMatch.Hit.class);
        }
    }

    @Test
    @Tag("C-09")
    void a_tag_that_does_not_match_decides_alone() {
        put(ANN, get("/a"), "body", FRESH, "etag: \"v1\"", "last-modified: " + date(Duration.ofHours(-1)));

        var both = get("/a", "if-none-match: \"v2\"", "if-modified-since: " + date(Duration.ZERO));

        assertThat(of(ANN).match(both)).isInstanceOf(CacheMatch.Hit.class);
    }

    @ParameterizedTest
    @Tag("C-10")
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=4-, 456789, bytes 4-9/10",
        "bytes=8-99, 89, bytes 8-9/10",
        "bytes=-3, 789, bytes 7-9/10",
        "bytes=-99, 0123456789, bytes 0-9/10",
    })
    void a_range_is_answered_with_its_bytes(String range, String body, String told) {
        put(ANN, get("/a"), "0123456789", FRESH, "etag: \"v1\"");

        for (var request : List.of(get("/a", "range: " + range), get("/a", "range: " + range, "if-range: \"v1\""))) {
            var part = ((CacheMatch.Partial) of(ANN).match(request)).response();
            assertThat(part.status()).isEqualTo(206);
            assertThat(part.headers().only("content-range")).hasValue(told);
            assertThat(part.headers().only("content-length")).hasValue(Integer.toString(body.length()));
            assertThat(text(part)).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @Tag("C-10")
    @CsvSource({"bytes=10-", "bytes=10-20", "bytes=-0"})
    void a_range_with_nothing_in_it_is_refused(String range) {
        put(ANN, get("/a"), "0123456789", FRESH);

        assertThat(of(ANN).match(get("/a", "range: " + range))).isEqualTo(new CacheMatch.RangeRefused(10));
    }

    @ParameterizedTest
    @Tag("C-10")
    @CsvSource({
        "'range: bytes=0-1,4-5'",
        "range: bytes=3-2",
        "range: lines=0-1",
        "range: bytes=-",
        "'range: bytes=0-1|if-range: \"v0\"'",
        "'range: bytes=0-1|if-range: W/\"v1\"'"
    })
    void what_is_no_single_range_of_this_response_is_answered_with_the_whole(String fields) {
        put(ANN, get("/a"), "0123456789", FRESH, "etag: \"v1\"");

        assertThat(text(hit(of(ANN), get("/a", fields.split("\\|"))))).isEqualTo("0123456789");
    }

    @Test
    @Tag("C-10")
    void conditions_and_ranges_are_about_a_200_alone() {
        of(ANN).put(get("/a"), new CachedResponse(404, headers(FRESH, "etag: \"v1\""), content("gone")));

        var found = hit(of(ANN), get("/a", "if-none-match: \"v1\"", "range: bytes=0-1"));

        assertThat(found.status()).isEqualTo(404);
        assertThat(text(found)).isEqualTo("gone");
    }

    @Test
    @Tag("C-11")
    void a_purge_takes_what_it_names_whoever_it_belongs_to() {
        var both = List.of(ANN, BEN);
        for (var who : both) {
            put(who, get("/a/1"), "x", "cache-control: max-age=60", "cache-tag: Red, blue");
            put(who, get("/a/2"), "x", "cache-control: max-age=60", "cache-tag: blue");
            put(who, get("/b/3"), "x", "cache-control: max-age=60");
        }

        of(ANN).purge(new Purge.Tag(new CacheTag("RED")));
        assertThat(both).allSatisfy(who -> assertThat(found(who)).containsExactly("/a/2", "/b/3"));

        of(ANN).purge(new Purge.Prefix("https://site.example/b/"));
        assertThat(both).allSatisfy(who -> assertThat(found(who)).containsExactly("/a/2"));

        put(ANN, get("/a/1"), "x", FRESH);
        of(BEN).purge(new Purge.Url(url("/a/2")));
        assertThat(both).allSatisfy(who -> assertThat(found(who)).containsExactly("/a/1"));

        fixture.caches().cache(new CacheName("others"), ANN).purge(new Purge.All());
        assertThat(both).allSatisfy(who -> assertThat(found(who)).containsExactly("/a/1"));

        of(BEN).purge(new Purge.All());
        assertThat(both).allSatisfy(who -> assertThat(found(who)).isEmpty());
    }

    @Test
    @Tag("C-12")
    void a_purge_reaches_the_other_node() {
        if (!fixture.capabilities().contains(CacheCapability.PURGES_OTHER_NODES)) {
            throw new NotClaimed(CacheCapability.PURGES_OTHER_NODES);
        }
        var other = fixture.otherNode().cache(NAME, ANN);
        other.put(get("/a"), new CachedResponse(200, headers(FRESH), content("x")));

        assertThat(other.match(get("/a"))).isInstanceOf(CacheMatch.Hit.class);

        of(ANN).purge(new Purge.All());
        fixture.passPurges();

        assertThat(other.match(get("/a"))).isEqualTo(new CacheMatch.Miss());
    }

    @Test
    @Tag("C-13")
    void all_responses_together_weigh_no_more_than_they_may() {
        var size = 64 << 10;
        IntStream.range(0, 100)
                .forEach(number -> of(ANN).put(
                                get("/" + number),
                                new CachedResponse(200, headers(FRESH), GeneratedContent.of(number, size))));

        var left = IntStream.range(0, 100)
                .filter(number -> of(ANN).match(get("/" + number)) instanceof CacheMatch.Hit)
                .count();

        assertThat(left * size).isPositive().isLessThanOrEqualTo(ResponseCacheFixture.MOST.bytes());
    }

    @Test
    @Tag("C-14")
    void of_responses_stored_at_once_one_is_there_whole() {
        var size = 100_000;
        AtOnce.run(
                16,
                number -> () -> of(ANN).put(
                                get("/a"),
                                new CachedResponse(
                                        200,
                                        headers(FRESH, "x-number: " + number),
                                        GeneratedContent.of(number, size))));

        var found = hit(of(ANN), get("/a"));

        var number = Integer.parseInt(found.headers().only("x-number").orElseThrow());
        assertThat(GeneratedContent.read(found.body()))
                .isEqualTo(GeneratedContent.read(GeneratedContent.of(number, size)));
    }

    @Test
    @Tag("C-15")
    void a_body_that_breaks_off_is_not_stored_and_leaves_what_was_there() {
        put(ANN, get("/a"), "first", FRESH);
        var broken = GeneratedContent.of(1, 100_000).breakingAfter(50_000);

        assertThatThrownBy(() -> putContent(broken)).isInstanceOf(UncheckedIOException.class);

        assertThat(broken.closed()).isTrue();
        assertThat(text(hit(of(ANN), get("/a")))).isEqualTo("first");
    }

    @Test
    @Tag("C-16")
    void all_spellings_of_a_url_are_one_and_the_order_of_its_query_counts() {
        put(ANN, CacheRequest.get(CacheUrl.parse("HTTPS://Site.Example:443/a/./b/../c?y=2&x=1#part")), "x", FRESH);

        assertThat(of(ANN).match(get("/a/c?y=2&x=1"))).isInstanceOf(CacheMatch.Hit.class);
        assertThat(of(ANN).match(get("/a/c?x=1&y=2"))).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).match(get("/a/c"))).isEqualTo(new CacheMatch.Miss());
        assertThat(of(ANN).match(CacheRequest.get(CacheUrl.parse("http://site.example/a/c?y=2&x=1"))))
                .isEqualTo(new CacheMatch.Miss());
    }

    private ResponseCache of(CachePart who) {
        return fixture.caches().cache(NAME, who);
    }

    private CachePut put(CachePart who, CacheRequest request, String body, String... fields) {
        return of(who).put(request, new CachedResponse(200, headers(fields), content(body)));
    }

    private CachePut putContent(Content body) {
        return of(ANN).put(get("/a"), new CachedResponse(200, headers(FRESH), body));
    }

    private List<String> found(CachePart who) {
        return List.of("/a/1", "/a/2", "/b/3").stream()
                .filter(path -> of(who).match(get(path)) instanceof CacheMatch.Hit)
                .toList();
    }

    private static Stream<String> chosen(List<String> all, int bits) {
        return IntStream.range(0, all.size())
                .filter(at -> (bits >> at & 1) == 1)
                .mapToObj(all::get);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StorageFailure.class))
                .extracting(StorageFailure::code)
                .isEqualTo(FailureCode.BAD_REQUEST);
    }

    private static CachedResponse hit(ResponseCache cache, CacheRequest request) {
        var match = cache.match(request);
        assertThat(match).isInstanceOf(CacheMatch.Hit.class);
        return ((CacheMatch.Hit) match).response();
    }

    private static CacheRequest get(String path, String... fields) {
        return CacheRequest.get(url(path)).with(headers(fields));
    }

    private static CacheUrl url(String path) {
        return CacheUrl.parse("https://site.example" + path);
    }

    private static Headers headers(String... fields) {
        Map<String, List<String>> all = new TreeMap<>();
        for (var field : fields) {
            var colon = field.indexOf(':');
            all.put(
                    field.substring(0, colon),
                    List.of(field.substring(colon + 1).strip()));
        }
        return new Headers(all);
    }

    private static Content content(String text) {
        return Content.of(Bytes.utf8(text));
    }

    private static String text(CachedResponse response) {
        return GeneratedContent.read(response.body()).toUtf8();
    }

    private String date(Duration from) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                fixture.clock().instant().plus(from).atZone(ZoneOffset.UTC));
    }
}
