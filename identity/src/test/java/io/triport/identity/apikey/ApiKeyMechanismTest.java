package io.triport.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Method;
import io.triport.identity.keyring.TestKeyrings;
import io.triport.identity.revocation.RevocationRule;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyMechanismTest {
    private static final String HERE = "192.0.2.7";
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl";

    private final TestTable keys = new TestTable();
    private final ApiKeyMechanism mechanism = keys.mechanism();

    @Test
    void a_key_in_its_header_is_its_owner_with_its_scopes() {
        var key = keys.create();

        var principal = principal(verify(inHeader(key.reveal())));

        assertThat(principal.subject()).isEqualTo(new Subject("billing"));
        assertThat(principal.kind()).isEqualTo(Principal.Kind.SERVICE);
        assertThat(principal.scopes()).containsExactly(new Scope("orders.read"));
        assertThat(principal.credential()).isEqualTo(key.id().credential());
        assertThat(principal.authenticatedAt()).isEqualTo(keys.clock.instant());
        assertThat(principal.validUntil()).isEqualTo(Instant.MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer %s", "BEARER    %s"})
    void a_key_may_be_a_bearer_token(String form) {
        var request = with(
                Map.of("authorization", List.of(form.formatted(keys.create().reveal()))));

        assertThat(mechanism.present(request)).isTrue();
        assertThat(verify(request)).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void id_and_secret_may_stand_in_headers_of_their_own() {
        var key = keys.create();

        assertThat(verify(pair(key.id() + ".access", key.revealSecret())))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(verify(pair(key.id().text(), key.revealSecret()))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(pair(key.id() + ".access", key.reveal()))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(pair(key.id() + ".access", keys.create().revealSecret())))
                .isEqualTo(rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void one_half_of_the_pair_is_not_enough() {
        var id = Map.of("cf-access-client-id", List.of(keys.create().id() + ".access"));

        assertThat(mechanism.present(with(id))).isTrue();
        assertThat(verify(with(id))).isEqualTo(rejected(Reason.MISSING_HEADER));
        assertThat(verify(with(Map.of("cf-access-client-secret", List.of("x")))))
                .isEqualTo(rejected(Reason.MISSING_HEADER));
    }

    @Test
    void a_bearer_token_with_two_dots_is_left_to_another_mechanism() {
        assertThat(mechanism.present(with(Map.of("authorization", List.of("Bearer " + JWT)))))
                .isFalse();
        assertThat(mechanism.present(with(Map.of("authorization", List.of("Basic YTpi")))))
                .isFalse();
        assertThat(mechanism.present(with(Map.of("authorization", List.of("Bearer a.b")))))
                .isTrue();
        assertThat(mechanism.present(with(Map.of()))).isFalse();
    }

    @Test
    void a_key_beside_the_token_of_another_mechanism_is_a_claim_of_its_own() {
        var both = with(Map.of(
                "authorization", List.of("Bearer " + JWT),
                "x-api-key", List.of(keys.create().reveal())));

        assertThat(verify(both)).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void two_keys_are_ambiguous_even_when_they_are_one() {
        var key = keys.create().reveal();
        var bearer = "Bearer " + key;

        assertThat(verify(with(Map.of("x-api-key", List.of(key, key))))).isEqualTo(ambiguous());
        assertThat(verify(with(Map.of("x-api-key", List.of(key), "authorization", List.of(bearer)))))
                .isEqualTo(ambiguous());
        assertThat(verify(with(Map.of("authorization", List.of(bearer, bearer)))))
                .isEqualTo(ambiguous());
        assertThat(verify(with(Map.of("authorization", List.of(bearer, "Basic YTpi")))))
                .isEqualTo(ambiguous());
        assertThat(verify(with(
                        Map.of("cf-access-client-id", List.of("a", "b"), "cf-access-client-secret", List.of("c")))))
                .isEqualTo(ambiguous());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?key=%s", "/?a=b&anything=%s&c=d", "/?%s", "/?tp_=tp_&x=%s"})
    void a_key_in_the_query_is_refused_even_beside_a_good_one(String target) {
        var key = keys.create().reveal();
        var alone = TestRequests.fetch(Method.GET, target.formatted(key), Map.of(), HERE);
        var beside = TestRequests.fetch(Method.GET, target.formatted(key), Map.of("x-api-key", List.of(key)), HERE);

        assertThat(mechanism.present(alone)).isTrue();
        assertThat(verify(alone)).isEqualTo(rejected(Reason.CREDENTIAL_MISPLACED));
        assertThat(verify(beside)).isEqualTo(rejected(Reason.CREDENTIAL_MISPLACED));
    }

    @Test
    void a_query_that_only_looks_like_a_key_is_none() {
        assertThat(mechanism.present(TestRequests.fetch(Method.GET, "/?q=tp_live_x", Map.of(), HERE)))
                .isFalse();
    }

    @Test
    void a_key_that_nobody_made_is_unknown() {
        var stranger = new TestTable().create();

        assertThat(verify(inHeader(stranger.reveal()))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(inHeader("tp_live_short"))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(inHeader(""))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void the_secret_of_one_key_does_not_open_another() {
        var one = keys.create();
        var other = keys.create();

        assertThat(verify(pair(one.id() + ".access", other.revealSecret()))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void a_key_ends_when_it_expires() {
        var end = keys.clock.in(Duration.ofHours(1));
        var key = keys.service.create(new ApiKeyOrder("live", new Subject("billing"), Set.of(), List.of(), end));

        keys.clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(principal(verify(inHeader(key.reveal()))).validUntil()).isEqualTo(end);

        keys.clock.advance(Duration.ofMillis(1));
        assertThat(verify(inHeader(key.reveal()))).isEqualTo(rejected(Reason.CREDENTIAL_EXPIRED));
    }

    @Test
    void a_key_bound_to_addresses_is_good_from_those_alone() {
        var key = keys.service.create(new ApiKeyOrder(
                "live",
                new Subject("billing"),
                Set.of(),
                List.of(Cidr.parse("192.0.2.0/24"), Cidr.parse("2001:db8::/32")),
                Instant.MAX));

        assertThat(verify(inHeader(key.reveal()))).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(verify(from("2001:db8::1", key))).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(verify(from("198.51.100.7", key))).isEqualTo(rejected(Reason.ADDRESS_DENIED));
    }

    @Test
    void what_else_is_true_of_a_key_is_told_to_nobody_without_its_secret() {
        var key = keys.create();
        keys.service.disable(key.id());

        assertThat(verify(inHeader(key.reveal()))).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(verify(pair(key.id() + ".access", keys.create().revealSecret())))
                .isEqualTo(rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void a_disabled_key_opens_nothing_any_more() {
        var key = keys.create();
        assertThat(verify(inHeader(key.reveal()))).isInstanceOf(IdentityOutcome.Authenticated.class);

        assertThat(keys.service.disable(key.id())).isTrue();

        assertThat(verify(inHeader(key.reveal()))).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        keys.clock.advance(Duration.ofDays(400));
        keys.revocations.forget(keys.clock.instant());
        assertThat(verify(inHeader(key.reveal()))).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
    }

    @Test
    void both_secrets_are_good_while_one_replaces_the_other() {
        var old = keys.create();
        var fresh = keys.service.rotate(old.id(), "live", Duration.ofHours(1)).orElseThrow();

        assertThat(principal(verify(inHeader(old.reveal()))).validUntil())
                .isEqualTo(keys.clock.in(Duration.ofHours(1)));
        assertThat(principal(verify(inHeader(fresh.reveal()))).validUntil()).isEqualTo(Instant.MAX);

        keys.clock.advance(Duration.ofHours(1));
        assertThat(verify(inHeader(old.reveal()))).isEqualTo(rejected(Reason.CREDENTIAL_EXPIRED));
        assertThat(verify(inHeader(fresh.reveal()))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void a_secret_that_is_replaced_at_once_is_nobodys() {
        var old = keys.create();
        keys.clock.advance(Duration.ofSeconds(5));

        var fresh = keys.service.rotate(old.id(), "live", Duration.ZERO).orElseThrow();

        assertThat(verify(inHeader(old.reveal()))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(inHeader(fresh.reveal()))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void a_key_that_is_revoked_by_its_id_or_its_owner_is_refused() {
        var key = keys.create();
        keys.clock.advance(Duration.ofSeconds(1));
        var name = principal(verify(inHeader(key.reveal())));

        keys.revocations.revoke(new Revocation(
                new RevocationKey.Holder(name.issuer(), name.subject()), keys.clock.instant(), Instant.MAX));

        assertThat(verify(inHeader(key.reveal()))).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
        assertThat(verify(inHeader(keys.create().reveal()))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void the_token_of_the_environment_is_good_without_any_key() {
        var principal = principal(verify(inHeader(TestTable.BOOTSTRAP)));

        assertThat(principal.credential()).isEqualTo(new CredentialId("bootstrap"));
        assertThat(principal.scopes()).containsExactly(new Scope("keys.write"));
        assertThat(verify(inHeader(TestTable.BOOTSTRAP + "x"))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
        assertThat(verify(inHeader(TestTable.BOOTSTRAP.substring(1)))).isEqualTo(rejected(Reason.UNKNOWN_KEY));
    }

    @Test
    void keys_that_were_never_read_are_neither_good_nor_bad() {
        var unread = new ApiKeyTable(
                "api-keys", TestKeyrings.of(1), new FakeCredentialStore(), keys.ticker, TestTable.RANDOMNESS);
        var early = new ApiKeyMechanism(
                ApiKeySettings.of(mechanism.name(), "api-keys", TestKeyrings.of(1)), unread, keys.revocations);

        assertThat(early.verify(inHeader(keys.create().reveal()), keys.clock.instant()))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @Test
    void without_the_store_known_keys_go_on_or_cannot_be_judged_as_was_chosen() {
        var key = keys.create();
        var hard = keys.mechanism(RevocationRule.HARD);
        keys.ticker.advance(Duration.ofSeconds(60));
        assertThat(hard.verify(inHeader(key.reveal()), keys.clock.instant()))
                .isInstanceOf(IdentityOutcome.Authenticated.class);

        keys.ticker.advance(Duration.ofSeconds(1));

        assertThat(hard.verify(inHeader(key.reveal()), keys.clock.instant()))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
        assertThat(verify(inHeader(key.reveal()))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void a_store_that_does_not_answer_leaves_the_keys_as_they_were() {
        var failing = new SwitchedStore(keys.store);
        var node = new TestTable(failing, TestKeyrings.of(1));
        var key = node.create();

        failing.fail(new IdentityStateUnavailable("away", new IllegalStateException()));
        node.table.follow();

        assertThat(node.mechanism().verify(inHeader(key.reveal()), keys.clock.instant()))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void a_verification_waits_for_nothing() {
        assertThat(mechanism.quick(inHeader("anything"))).isTrue();
    }

    private IdentityOutcome verify(Fetch request) {
        return mechanism.verify(request, keys.clock.instant());
    }

    private static Fetch inHeader(String value) {
        return with(Map.of("x-api-key", List.of(value)));
    }

    private static Fetch from(String peer, ApiKey key) {
        return TestRequests.fetch(Method.GET, "/", Map.of("x-api-key", List.of(key.reveal())), peer);
    }

    private static Fetch pair(String id, String secret) {
        return with(Map.of("cf-access-client-id", List.of(id), "cf-access-client-secret", List.of(secret)));
    }

    private static Fetch with(Map<String, List<String>> headers) {
        return TestRequests.fetch(Method.GET, "/orders?page=2", headers, HERE);
    }

    private static Principal principal(IdentityOutcome outcome) {
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        return ((IdentityOutcome.Authenticated) outcome).principal();
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }

    private static IdentityOutcome ambiguous() {
        return rejected(Reason.AMBIGUOUS_CREDENTIALS);
    }
}
