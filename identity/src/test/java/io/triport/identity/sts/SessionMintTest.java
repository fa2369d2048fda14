package io.triport.identity.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.access.AccessKey;
import io.triport.domain.access.AccessKeyId;
import io.triport.domain.access.RoleId;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.ResourceName;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Secret;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.jwt.TestRevocations;
import io.triport.identity.sigv4.SessionTokens.Opened;
import io.triport.identity.sigv4.SigV4Problem;
import io.triport.identity.sigv4.Signatory;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SessionMintTest {
    private static final AccessKeyId PARENT = new AccessKeyId("PARENT");
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Set<Action> OBJECTS = Set.of(Action.OBJECT_GET, Action.OBJECT_PUT, Action.OBJECT_LIST);

    private final SettableClock clock = SettableClock.anywhere();
    private final SessionMint mint =
            new SessionMint(TestRing.ring(TestRing.FIRST, TestRing.SECOND), clock, new SeededRandomness(17));
    private final Map<AccessKeyId, AccessKey> keys = new ConcurrentHashMap<>();
    private final SealedSessions sessions = sessions(TestRing.FIRST);

    @Test
    void a_session_opens_what_it_and_its_parent_both_open() {
        parent(OBJECTS, KeyPrefix.of("a/"), KeyPrefix.of("b/"));

        var signatory = opened(mint.mint(PARENT, some(Set.of(Action.OBJECT_GET), "a/x/", "c/"), QUARTER));

        assertThat(permits(signatory, Action.OBJECT_GET, "a/x/1")).isTrue();
        assertThat(permits(signatory, Action.OBJECT_GET, "a/1")).isFalse();
        assertThat(permits(signatory, Action.OBJECT_GET, "b/1")).isFalse();
        assertThat(permits(signatory, Action.OBJECT_GET, "c/1")).isFalse();
        assertThat(permits(signatory, Action.OBJECT_PUT, "a/x/1")).isFalse();
        assertThat(signatory.permissions().permits(Action.OBJECT_GET, new ResourceName("other", Bytes.utf8("a/x/1"))))
                .isFalse();
    }

    @Test
    void a_session_loses_and_gains_with_its_parent() {
        parent(OBJECTS, KeyPrefix.EVERY);
        var made = mint.mint(PARENT, some(OBJECTS, ""), QUARTER);
        assertThat(permits(opened(made), Action.OBJECT_PUT, "a")).isTrue();

        parent(Set.of(Action.OBJECT_GET), KeyPrefix.EVERY);
        assertThat(permits(opened(made), Action.OBJECT_PUT, "a")).isFalse();
        assertThat(permits(opened(made), Action.OBJECT_GET, "a")).isTrue();

        parent(OBJECTS, KeyPrefix.EVERY);
        assertThat(permits(opened(made), Action.OBJECT_PUT, "a")).isTrue();
    }

    @Test
    void a_single_object_is_opened_and_nothing_behind_a_slash() {
        parent(OBJECTS, KeyPrefix.of("a/"));
        var single = new Permission(
                Set.of(Action.OBJECT_GET),
                Set.of(ResourcePattern.exactly("data")),
                Set.of(KeyPrefix.only("a/x"), KeyPrefix.only("a"), KeyPrefix.only("b"), KeyPrefix.of("a/under")));

        var signatory = opened(mint.mint(PARENT, Permissions.of(single), QUARTER));

        assertThat(permits(signatory, Action.OBJECT_GET, "a/x")).isTrue();
        assertThat(permits(signatory, Action.OBJECT_GET, "a/x/y")).isFalse();
        assertThat(permits(signatory, Action.OBJECT_GET, "a/xy")).isFalse();
        assertThat(permits(signatory, Action.OBJECT_GET, "a")).isFalse();
        assertThat(permits(signatory, Action.OBJECT_GET, "b")).isFalse();
        assertThat(permits(signatory, Action.OBJECT_GET, "a/under/1")).isTrue();
    }

    @Test
    void a_session_is_its_parents_holder_by_a_key_and_a_secret_of_its_own() {
        parent(OBJECTS, KeyPrefix.EVERY);

        var made = mint.mint(PARENT, some(OBJECTS, ""), QUARTER);
        var signatory = opened(made);

        assertThat(signatory.issuer()).isEqualTo(SealedSessions.ISSUER);
        assertThat(signatory.subject()).isEqualTo(new Subject("ann"));
        assertThat(signatory.roles()).isEmpty();
        assertThat(made.id().text()).matches("ASIA[A-Z2-7]{16}");
        assertThat(signatory.secret()).isEqualTo(made.secret());
        assertThat(made.toString()).doesNotContain(made.token());
        assertThat(mint.mint(PARENT, some(OBJECTS, ""), QUARTER).id()).isNotEqualTo(made.id());
    }

    @Test
    void a_session_ends_to_the_second() {
        parent(OBJECTS, KeyPrefix.EVERY);
        var made = mint.mint(PARENT, some(OBJECTS, ""), QUARTER);

        clock.advance(QUARTER.minusSeconds(1));
        assertThat(open(made)).isInstanceOf(Opened.Session.class);
        clock.advance(Duration.ofSeconds(1));

        assertThat(open(made)).isEqualTo(new Opened.Refused(SigV4Problem.Kind.EXPIRED));
    }

    @Test
    void a_session_ends_with_its_parent() {
        var made = mint.mint(PARENT, some(OBJECTS, ""), QUARTER);
        assertThat(open(made)).isEqualTo(new Opened.Refused(SigV4Problem.Kind.REVOKED));

        var soon = clock.in(Duration.ofMinutes(1));
        keys.put(PARENT, key(OBJECTS, true, soon, KeyPrefix.EVERY));
        assertThat(opened(made).expiresAt()).isEqualTo(soon);
        keys.put(PARENT, key(OBJECTS, false, Instant.MAX, KeyPrefix.EVERY));

        assertThat(open(made)).isEqualTo(new Opened.Refused(SigV4Problem.Kind.REVOKED));
    }

    @Test
    void a_session_that_was_taken_back_is_remembered_for_longer_than_it_lasts() {
        var list = new TestRevocations();
        var made = mint.mint(PARENT, some(OBJECTS, ""), SessionMint.LONGEST);

        new SessionRevocations(list, clock).revoke(made.id());

        assertThat(list.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.keepUntil()).isAfter(made.expiresAt()));
    }

    @Test
    void the_first_key_of_a_ring_seals() {
        parent(OBJECTS, KeyPrefix.EVERY);
        var made = mint.mint(PARENT, some(OBJECTS, ""), QUARTER);

        assertThat(sessions(TestRing.SECOND).open(made.token(), made.id(), clock.instant()))
                .isEqualTo(new Opened.Refused(SigV4Problem.Kind.TOKEN));
    }

    @Test
    void who_does_not_know_such_sessions_opens_nothing_by_them() {
        var narrow = TestRing.session(TestRing.READ);
        var within = new Session(
                narrow.id(),
                narrow.secret(),
                null,
                PARENT,
                "PARENT",
                "PARENT",
                narrow.permissions(),
                narrow.issuedAt(),
                narrow.expiresAt(),
                narrow.tokenId(),
                true);

        assertThat(SessionForm.write(within).toUtf8()).doesNotContain("\"p\":");
        assertThat(SessionForm.read(SessionForm.write(within)).within()).isTrue();
        assertThat(SessionForm.read(SessionForm.write(narrow)).within()).isFalse();
    }

    @Test
    void a_session_within_nobody_or_beside_a_role_is_none() {
        assertThatThrownBy(() -> session(null, null)).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> session(new RoleId("reader"), PARENT)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void a_session_has_a_length_of_a_second_to_seven_days_and_fits_into_a_token() {
        assertThat(mint.mint(PARENT, TestRing.READ, Duration.ofDays(7)).expiresAt())
                .isEqualTo(clock.in(Duration.ofDays(7)));
        assertThat(mint.mint(PARENT, TestRing.READ, Duration.ofSeconds(1)).expiresAt())
                .isEqualTo(clock.in(Duration.ofSeconds(1)));
        for (var length : new Duration[] {
            Duration.ofMillis(999),
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofDays(7).plusNanos(1)
        }) {
            assertThatThrownBy(() -> mint.mint(PARENT, TestRing.READ, length)).isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> mint.mint(PARENT, TestRing.many(200), QUARTER)).isInstanceOf(InvalidInput.class);
    }

    private SealedSessions sessions(String ring) {
        return new SealedSessions(
                TestRing.ring(ring),
                id -> Optional.ofNullable(keys.get(id)),
                id -> Optional.empty(),
                new SeededRandomness(3));
    }

    private static Session session(@Nullable RoleId role, @Nullable AccessKeyId parent) {
        var like = TestRing.session(TestRing.READ);
        return new Session(
                like.id(),
                like.secret(),
                role,
                parent,
                "subject",
                "name",
                like.permissions(),
                like.issuedAt(),
                like.expiresAt(),
                "token",
                true);
    }

    private void parent(Set<Action> actions, KeyPrefix... prefixes) {
        keys.put(PARENT, key(actions, true, Instant.MAX, prefixes));
    }

    private static AccessKey key(Set<Action> actions, boolean enabled, Instant expiresAt, KeyPrefix... prefixes) {
        return new AccessKey(
                PARENT,
                Secret.of("the-secret-of-the-parent"),
                new Subject("ann"),
                Permissions.of(new Permission(actions, Set.of(ResourcePattern.all()), Set.of(prefixes))),
                Set.of(),
                false,
                enabled,
                expiresAt);
    }

    private static Permissions some(Set<Action> actions, String... prefixes) {
        return Permissions.of(new Permission(
                actions,
                Set.of(ResourcePattern.exactly("data")),
                Arrays.stream(prefixes).map(KeyPrefix::of).collect(Collectors.toUnmodifiableSet())));
    }

    private Opened open(StsAnswer.Credentials made) {
        return sessions.open(made.token(), made.id(), clock.instant());
    }

    private Signatory opened(StsAnswer.Credentials made) {
        return ((Opened.Session) open(made)).signatory();
    }

    private static boolean permits(Signatory signatory, Action action, String key) {
        return signatory.permissions().permits(action, new ResourceName("data", Bytes.utf8(key)));
    }
}
