package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every list of revoked credentials promises. */
public abstract class RevocationListContract {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOON.plus(Duration.ofHours(1));
    private static final Issuer ISSUER = new Issuer("https://idp.example");
    private static final RevocationKey KEY = new RevocationKey.Credential(new CredentialId("prod-app"));

    private Fixture fixture;

    /** What an adapter gives the contract. */
    public interface Fixture extends AutoCloseable {
        /** The list, the same until {@link #reopen}. */
        RevocationList list();

        /** The list of another node over the same source; this one where there can be but one. */
        RevocationList other();

        /** Lets monotonic time pass in steps of a second, in which the lists do what they do by themselves. */
        void pass(Duration time);

        /** Lets the source fail for all nodes. */
        void cut();

        void heal();

        /** Closes the list and opens one over the same source; the same list where revocations live in it alone. */
        RevocationList reopen();

        @Override
        void close();
    }

    /** A fixture over revocations of its own, whose lists were read once; the contract closes it. */
    protected abstract Fixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void what_was_not_revoked_stands() {
        list().revoke(Revocation.of(KEY, LATER));

        assertThat(check(new RevocationKey.Credential(new CredentialId("prod-ap"))))
                .isInstanceOf(RevocationCheck.Standing.class);
        assertThat(list().check(Set.of(), NOON)).isInstanceOf(RevocationCheck.Standing.class);
    }

    @Test
    void a_list_is_empty_until_something_is_revoked_and_when_all_of_it_is_forgotten() {
        assertThat(list().isEmpty()).isTrue();

        list().revoke(Revocation.of(KEY, LATER));
        assertThat(list().isEmpty()).isFalse();

        list().forget(LATER);
        assertThat(list().isEmpty()).isTrue();
    }

    @Test
    void what_was_revoked_is_revoked_at_once_and_stays_so() {
        list().revoke(Revocation.of(KEY, LATER));

        assertThat(check(KEY)).isInstanceOf(RevocationCheck.Revoked.class);
        fixture.pass(Duration.ofMinutes(5));
        assertThat(check(KEY)).isInstanceOf(RevocationCheck.Revoked.class);
    }

    @Test
    void one_revoked_name_of_several_is_enough() {
        list().revoke(Revocation.of(KEY, LATER));
        var other = new RevocationKey.Holder(ISSUER, new Subject("alice"));

        assertThat(list().check(Set.of(other, KEY), NOON)).isInstanceOf(RevocationCheck.Revoked.class);
    }

    @Test
    void each_kind_of_name_is_revoked_by_itself() {
        var names = List.of(
                new RevocationKey.Token(ISSUER, "alice"),
                new RevocationKey.Session(ISSUER, "alice"),
                new RevocationKey.Holder(ISSUER, new Subject("alice")),
                new RevocationKey.Credential(new CredentialId("alice")),
                new RevocationKey.Token(new Issuer("https://idp.examplea"), "lice"),
                new RevocationKey.Session(new Issuer("https://other.example"), "alice"));

        for (var name : names) {
            assertThat(check(name)).isInstanceOf(RevocationCheck.Standing.class);
            list().revoke(Revocation.of(name, LATER));
            assertThat(check(name)).isInstanceOf(RevocationCheck.Revoked.class);
        }
    }

    @Test
    void long_names_and_any_characters_are_revoked() {
        var name =
                new RevocationKey.Session(new Issuer("https://idp.example/" + "\u00E9".repeat(2000)), "\uD83D\uDE00\0");

        list().revoke(Revocation.of(name, LATER));
        fixture.reopen();

        assertThat(check(name)).isInstanceOf(RevocationCheck.Revoked.class);
    }

    @Test
    void only_what_was_issued_before_the_given_time_is_revoked() {
        list().revoke(new Revocation(KEY, NOON, LATER));

        assertThat(list().check(Set.of(KEY), NOON.minusMillis(1))).isInstanceOf(RevocationCheck.Revoked.class);
        assertThat(list().check(Set.of(KEY), NOON)).isInstanceOf(RevocationCheck.Standing.class);
        assertThat(list().check(Set.of(KEY), Instant.EPOCH)).isInstanceOf(RevocationCheck.Revoked.class);
    }

    @Test
    void a_later_revocation_never_narrows_an_earlier_one() {
        list().revoke(new Revocation(KEY, NOON, LATER));

        list().revoke(new Revocation(KEY, NOON.minusSeconds(60), LATER.plusSeconds(60)));

        for (var each : List.of(list(), fixture.reopen())) {
            assertThat(each.check(Set.of(KEY), NOON.minusSeconds(1))).isInstanceOf(RevocationCheck.Revoked.class);
            assertThat(each.forget(LATER)).isZero();
        }
    }

    @Test
    void a_revocation_is_seen_on_every_node_within_the_staleness() {
        fixture.other().check(Set.of(KEY), NOON);
        list().revoke(Revocation.of(KEY, LATER));

        fixture.pass(RevocationList.STALENESS);

        assertThat(fixture.other().check(Set.of(KEY), NOON)).isInstanceOf(RevocationCheck.Revoked.class);
    }

    @Test
    void what_two_nodes_revoke_is_revoked_on_both() {
        var second = new RevocationKey.Token(ISSUER, "id-2");
        list().revoke(Revocation.of(KEY, LATER));
        fixture.other().revoke(Revocation.of(second, LATER));

        fixture.pass(RevocationList.STALENESS);

        for (var node : List.of(list(), fixture.other())) {
            assertThat(node.check(Set.of(KEY), NOON)).isInstanceOf(RevocationCheck.Revoked.class);
            assertThat(node.check(Set.of(second), NOON)).isInstanceOf(RevocationCheck.Revoked.class);
        }
    }

    @Test
    void of_32_revocations_at_once_none_is_lost() {
        AtOnce.run(32, number -> () -> {
            var name = new RevocationKey.Token(ISSUER, "id-" + number);
            (number % 2 == 0 ? list() : fixture.other()).revoke(Revocation.of(name, LATER));
            return number;
        });

        fixture.pass(RevocationList.STALENESS);

        for (var number = 0; number < 32; number++) {
            assertThat(check(new RevocationKey.Token(ISSUER, "id-" + number)))
                    .isInstanceOf(RevocationCheck.Revoked.class);
        }
    }

    @Test
    void without_its_source_a_list_is_right_for_60_seconds_and_then_does_not_know() {
        list().revoke(Revocation.of(KEY, LATER));
        var other = Set.<RevocationKey>of(new RevocationKey.Token(ISSUER, "id"));
        fixture.pass(Duration.ofSeconds(10));
        fixture.cut();

        fixture.pass(RevocationList.BLIND.minus(RevocationList.STALENESS));
        assertThat(list().check(other, NOON)).isInstanceOf(RevocationCheck.Standing.class);

        fixture.pass(RevocationList.STALENESS.plusSeconds(1));
        assertThat(list().check(other, NOON))
                .isInstanceOfSatisfying(
                        RevocationCheck.Stale.class,
                        stale -> assertThat(stale.age()).isGreaterThan(RevocationList.BLIND));
        assertThat(check(KEY)).isInstanceOf(RevocationCheck.Revoked.class);
    }

    @Test
    void a_list_knows_again_once_its_source_is_back() {
        fixture.cut();
        fixture.pass(RevocationList.BLIND.plusSeconds(10));
        fixture.heal();

        fixture.pass(RevocationList.STALENESS);

        assertThat(check(KEY)).isInstanceOf(RevocationCheck.Standing.class);
    }

    @Test
    void what_cannot_be_written_is_said_so() {
        fixture.cut();

        assertThatThrownBy(() -> list().revoke(Revocation.of(KEY, LATER))).isInstanceOf(IdentityStateUnavailable.class);
        assertThatThrownBy(() -> list().forget(LATER)).isInstanceOf(IdentityStateUnavailable.class);
    }

    @Test
    void entries_are_forgotten_when_they_need_not_be_kept() {
        var second = new RevocationKey.Token(ISSUER, "id-2");
        list().revoke(Revocation.of(KEY, LATER));
        list().revoke(Revocation.of(second, LATER.plusSeconds(60)));

        assertThat(list().forget(LATER.minusMillis(1))).isZero();
        assertThat(check(KEY)).isInstanceOf(RevocationCheck.Revoked.class);
        assertThat(list().forget(LATER)).isEqualTo(1);

        assertThat(check(KEY)).isInstanceOf(RevocationCheck.Standing.class);
        assertThat(check(second)).isInstanceOf(RevocationCheck.Revoked.class);
        assertThat(fixture.reopen().check(Set.of(KEY), NOON)).isInstanceOf(RevocationCheck.Standing.class);
    }

    @Test
    void a_list_opened_again_has_its_entries() {
        list().revoke(Revocation.of(KEY, LATER));
        list().revoke(new Revocation(new RevocationKey.Token(ISSUER, "id"), NOON, Instant.MAX));

        fixture.reopen();

        assertThat(check(KEY)).isInstanceOf(RevocationCheck.Revoked.class);
        var token = Set.<RevocationKey>of(new RevocationKey.Token(ISSUER, "id"));
        assertThat(list().check(token, NOON.minusSeconds(1))).isInstanceOf(RevocationCheck.Revoked.class);
        assertThat(list().check(token, NOON)).isInstanceOf(RevocationCheck.Standing.class);
    }

    private RevocationList list() {
        return fixture.list();
    }

    private RevocationCheck check(RevocationKey key) {
        return list().check(Set.of(key), NOON);
    }
}
