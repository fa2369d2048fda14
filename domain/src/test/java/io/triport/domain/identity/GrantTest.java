package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TestGrants;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GrantTest {
    private static final ResourceName A = new ResourceName("CACHE", Bytes.utf8("app1:a"));
    private static final ResourceName B = new ResourceName("CACHE", Bytes.utf8("app2:b"));

    private final SettableClock clock = SettableClock.anywhere();
    private final TestGrants grants = new TestGrants(clock);

    @Test
    void a_grant_lives_until_the_moment_at_which_it_ends() {
        var grant = grants.ofEverything();

        assertThat(grant.live(clock.instant())).isTrue();
        assertThat(grant.live(grant.validUntil().minusNanos(1))).isTrue();
        assertThat(grant.live(grant.validUntil())).isFalse();
        assertThat(grant.live(clock.in(Duration.ofDays(2)))).isFalse();
    }

    @Test
    void a_closed_grant_has_ended_for_ever() {
        var grant = grants.ofEverything();

        grant.close();
        grant.close();

        assertThat(grant.live(clock.instant())).isFalse();
    }

    @Test
    void a_narrowed_grant_permits_what_both_permit() {
        var grant = grants.ofPrefix("CACHE", KeyPrefix.of("app1:"));
        var readers = Permissions.of(
                new Permission(Set.of(Action.KV_GET), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));

        var narrowed = grant.narrowedTo(readers);

        assertThat(narrowed.permits(Action.KV_GET, A)).isTrue();
        assertThat(narrowed.permits(Action.KV_PUT, A)).isFalse();
        assertThat(narrowed.permits(Action.KV_GET, B)).isFalse();
        assertThat(grant.permits(Action.KV_PUT, A)).isTrue();
        assertThat(narrowed.narrowedTo(Permissions.NONE).permits(Action.KV_GET, A))
                .isFalse();
    }

    @Test
    void a_grant_permits_somewhere_what_each_of_its_bounds_does() {
        var grant = grants.ofPrefix("CACHE", KeyPrefix.of("app1:"));

        assertThat(grant.permitsSomewhere(Action.KV_LIST, Bytes.utf8("app1:a"))).isTrue();
        assertThat(grant.permitsSomewhere(Action.KV_LIST, Bytes.utf8("app2:b"))).isFalse();
        assertThat(grant.narrowedTo(Permissions.NONE).permitsSomewhere(Action.KV_LIST, Bytes.utf8("app1:a")))
                .isFalse();
    }

    @Test
    void the_prefixes_of_a_grant_are_those_under_which_all_of_its_bounds_permit() {
        var grant = grants.of(
                "reader",
                listing("bucket", "data", "data/x", "logs/2026/", "logs/2027"),
                listing("other", "elsewhere/"));

        assertThat(texts(grant)).containsExactlyInAnyOrder("data", "logs/2026/", "logs/2027");
        assertThat(texts(grant.narrowedTo(Permissions.of(listing("*", "data/", "logs/2026/05", "data-x")))))
                .containsExactlyInAnyOrder("data/", "logs/2026/05");
        assertThat(texts(grant.narrowedTo(Permissions.NONE))).isEmpty();
        assertThat(texts(grants.ofEverything())).containsExactly("");
        assertThat(grant.prefixes(Action.OBJECT_GET, "bucket")).isEmpty();
    }

    private static Permission listing(String bucket, String... prefixes) {
        return new Permission(
                Set.of(Action.OBJECT_LIST),
                Set.of(ResourcePattern.like(Glob.parse(bucket))),
                Stream.of(prefixes).map(KeyPrefix::of).collect(Collectors.toSet()));
    }

    private static List<String> texts(Grant grant) {
        return grant.prefixes(Action.OBJECT_LIST, "bucket").stream()
                .map(prefix -> prefix.bytes().toUtf8())
                .toList();
    }

    @Test
    void a_narrowed_grant_ends_with_its_original_and_takes_it_along() {
        var original = grants.ofEverything();
        var narrowed = original.narrowedTo(Permissions.NONE);
        assertThat(narrowed.live(clock.instant())).isTrue();

        original.close();

        assertThat(narrowed.live(clock.instant())).isFalse();
        assertThat(narrowed.validUntil()).isEqualTo(original.validUntil());
        assertThat(narrowed.request()).isEqualTo(original.request());
        assertThat(narrowed.principal()).isEqualTo(original.principal());
    }

    @Test
    void its_text_names_principal_and_request() {
        assertThat(grants.ofEverything()).hasToString("Grant[test:operator, request test-1]");
    }
}
