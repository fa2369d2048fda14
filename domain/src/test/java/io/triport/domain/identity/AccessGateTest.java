package io.triport.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.LimitScope;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.Scheduled;
import io.triport.domain.request.TaskName;
import io.triport.testkit.RecordingIdentityLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TestMechanism;
import io.triport.testkit.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AccessGateTest {
    private static final Scope GET = new Scope("kv.get");
    private static final Scope PUT = new Scope("kv.put");
    private static final Permissions READ_CACHE = Permissions.of(new Permission(
            Set.of(Action.KV_GET), Set.of(ResourcePattern.exactly("CACHE")), Set.of(KeyPrefix.of("app1:"))));
    private static final ResourceName IN_CACHE = new ResourceName("CACHE", Bytes.utf8("app1:a"));
    private static final RequestId REQUEST = new RequestId("request-1");

    private final SettableClock clock = SettableClock.anywhere();
    private final RecordingIdentityLog log = new RecordingIdentityLog();
    private final Instant now = clock.instant();

    @Test
    void without_a_claim_a_route_with_public_is_anonymous_and_gets_the_scopes_of_the_route() {
        var decision = admit(policy(Set.of(GET), "public"), Set.of(anonymous()));

        var grant = grantOf(decision);
        assertThat(grant.principal().kind()).isEqualTo(Principal.Kind.ANONYMOUS);
        assertThat(grant.permits(Action.KV_GET, IN_CACHE)).isTrue();
        assertThat(grant.permits(Action.KV_PUT, IN_CACHE)).isFalse();
        assertThat(grant.permits(Action.NAMESPACE_DROP, IN_CACHE)).isFalse();
        assertThat(grant.limits()).isEmpty();
        assertThat(log.grants()).containsExactly(grant);
    }

    @Test
    void without_a_claim_a_route_without_public_is_refused() {
        var decision = admit(policy(Set.of(), "hmac", "jwt"), Set.of(valid("hmac", "app"), valid("jwt", "app")));

        assertThat(refusalOf(decision))
                .isEqualTo(new Refusal(
                        Reason.NO_CREDENTIALS, name("hmac"), List.of(name("hmac"), name("jwt")), Duration.ZERO));
        assertThat(log.refusals()).hasSize(1);
        assertThat(log.grants()).isEmpty();
    }

    @Test
    void one_claim_that_holds_is_admitted_with_what_the_mechanism_says() {
        var limit = new RateLimit(1, Duration.ofSeconds(1), 1, LimitScope.LOCAL);
        var outcome = new IdentityOutcome.Authenticated(principal("hmac", "app"), READ_CACHE, List.of(limit));

        var grant =
                grantOf(admit(policy(Set.of(GET), "hmac"), Set.of(TestMechanism.answering("hmac", outcome)), "hmac"));

        assertThat(grant.principal()).isEqualTo(outcome.principal());
        assertThat(grant.request()).isEqualTo(REQUEST);
        assertThat(grant.limits()).containsExactly(limit);
        assertThat(grant.permits(Action.KV_GET, IN_CACHE)).isTrue();
        assertThat(grant.permits(Action.KV_PUT, IN_CACHE)).isFalse();
    }

    @Test
    void one_claim_that_fails_is_final_also_on_a_route_with_public() {
        var decision = admit(
                policy(Set.of(), "hmac", "public"),
                Set.of(rejected("hmac", Reason.SIGNATURE_MISMATCH), anonymous()),
                "hmac");

        assertThat(refusalOf(decision).reason()).isEqualTo(Reason.SIGNATURE_MISMATCH);
        assertThat(refusalOf(decision).mechanism()).isEqualTo(name("hmac"));
    }

    @Test
    void a_claim_that_cannot_be_judged_is_unavailable_and_never_anonymous() {
        var away = TestMechanism.answering("hmac", new IdentityOutcome.Unavailable(Duration.ofSeconds(3)));

        var decision = admit(policy(Set.of(), "hmac", "public"), Set.of(away, anonymous()), "hmac");

        assertThat(refusalOf(decision).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refusalOf(decision).retryAfter()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_claim_of_a_mechanism_that_the_route_does_not_list_is_not_looked_at() {
        var decision = admit(policy(Set.of(), "jwt"), Set.of(valid("hmac", "app"), valid("jwt", "app")), "hmac");

        assertThat(refusalOf(decision).reason()).isEqualTo(Reason.NO_CREDENTIALS);
    }

    @Test
    void of_two_claims_that_agree_the_first_of_the_route_decides() {
        var both = Set.<IdentityMechanism>of(valid("hmac", "app"), valid("jwt", "app"));

        assertThat(mechanismOf(admit(policy(Set.of(), "hmac", "jwt"), both, "hmac", "jwt")))
                .isEqualTo("hmac");
        assertThat(mechanismOf(admit(policy(Set.of(), "jwt", "hmac"), both, "hmac", "jwt")))
                .isEqualTo("jwt");
    }

    @Test
    void two_claims_of_different_subjects_are_refused() {
        var decision = admit(
                policy(Set.of(), "hmac", "jwt"), Set.of(valid("hmac", "app"), valid("jwt", "other")), "hmac", "jwt");

        assertThat(refusalOf(decision).reason()).isEqualTo(Reason.SUBJECTS_DIFFER);
        assertThat(refusalOf(decision).mechanism()).isEqualTo(name("jwt"));
    }

    @Test
    void of_two_claims_both_must_hold() {
        var policy = policy(Set.of(), "hmac", "jwt");

        var second = admit(policy, Set.of(valid("hmac", "app"), rejected("jwt", Reason.UNKNOWN_KEY)), "hmac", "jwt");
        var first = admit(policy, Set.of(rejected("hmac", Reason.REPLAYED), valid("jwt", "app")), "hmac", "jwt");

        assertThat(refusalOf(second).reason()).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(refusalOf(second).mechanism()).isEqualTo(name("jwt"));
        assertThat(refusalOf(first).reason()).isEqualTo(Reason.REPLAYED);
        assertThat(refusalOf(first).mechanism()).isEqualTo(name("hmac"));
    }

    @Test
    void of_two_claims_one_that_cannot_be_judged_is_unavailable() {
        var away = TestMechanism.answering("jwt", new IdentityOutcome.Unavailable(Duration.ofSeconds(3)));

        var decision = admit(policy(Set.of(), "hmac", "jwt"), Set.of(valid("hmac", "app"), away), "hmac", "jwt");

        assertThat(refusalOf(decision).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void combine_first_looks_at_the_first_claim_alone() {
        var policy = policy(Combine.FIRST, Set.of(), "hmac", "jwt");
        var mechanisms = Set.of(valid("hmac", "app"), rejected("jwt", Reason.UNKNOWN_KEY));

        assertThat(mechanismOf(admit(policy, mechanisms, "hmac", "jwt"))).isEqualTo("hmac");
        assertThat(refusalOf(admit(policy, mechanisms, "jwt")).reason()).isEqualTo(Reason.UNKNOWN_KEY);
    }

    @Test
    void combine_all_wants_every_mechanism_claimed_and_agreeing() {
        var policy = policy(Combine.ALL, Set.of(), "mtls", "jwt");
        var mechanisms = Set.<IdentityMechanism>of(valid("mtls", "app"), valid("jwt", "app"));

        assertThat(refusalOf(admit(policy, mechanisms, "jwt")).reason()).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(refusalOf(admit(policy, mechanisms)).reason()).isEqualTo(Reason.NO_CREDENTIALS);
        assertThat(mechanismOf(admit(policy, mechanisms, "jwt", "mtls"))).isEqualTo("mtls");
        assertThat(refusalOf(admit(policy, Set.of(valid("mtls", "app"), valid("jwt", "b")), "jwt", "mtls"))
                        .reason())
                .isEqualTo(Reason.SUBJECTS_DIFFER);
    }

    @Test
    void every_scope_of_the_route_is_needed() {
        assertThat(refusalOf(admit(policy(Set.of(GET, PUT), "hmac"), Set.of(valid("hmac", "app")), "hmac"))
                        .reason())
                .isEqualTo(Reason.SCOPE_DENIED);
        assertThat(mechanismOf(admit(policy(Set.of(GET), "hmac"), Set.of(valid("hmac", "app")), "hmac")))
                .isEqualTo("hmac");
    }

    @Test
    void a_credential_that_ends_now_has_ended() {
        var ending = holder("hmac", "app", now, now);

        var decision = admit(policy(Set.of(), "hmac"), Set.of(holding("hmac", ending)), "hmac");

        assertThat(refusalOf(decision).reason()).isEqualTo(Reason.CREDENTIAL_EXPIRED);
    }

    @Test
    void a_verification_may_be_as_old_as_the_route_says() {
        var old = holder("hmac", "app", now.minusSeconds(60), now.plusSeconds(60));
        var mechanisms = Set.<IdentityMechanism>of(holding("hmac", old));

        assertThat(refusalOf(admit(aged(Duration.ofSeconds(59)), mechanisms, "hmac"))
                        .reason())
                .isEqualTo(Reason.VERIFIED_TOO_LONG_AGO);
        assertThat(mechanismOf(admit(aged(Duration.ofSeconds(60)), mechanisms, "hmac")))
                .isEqualTo("hmac");
    }

    @Test
    void a_grant_ends_with_its_credential_and_never_after_a_day() {
        var brief = principal("hmac", "app");
        var endless = holder("hmac", "app", now, now.plus(Duration.ofDays(900)));

        assertThat(grantOf(admit(policy(Set.of(), "hmac"), Set.of(holding("hmac", brief)), "hmac"))
                        .validUntil())
                .isEqualTo(brief.validUntil());
        assertThat(grantOf(admit(policy(Set.of(), "hmac"), Set.of(holding("hmac", endless)), "hmac"))
                        .validUntil())
                .isEqualTo(now.plus(Duration.ofHours(24)));
        assertThat(grantOf(admit(policy(Set.of(), "public"), Set.of(anonymous())))
                        .validUntil())
                .isEqualTo(now.plus(Duration.ofHours(24)));
    }

    @Test
    void the_mechanism_is_given_the_request_and_the_time_of_the_clock() {
        var judging = TestMechanism.judging("hmac", (request, when) -> {
            assertThat(request.id()).isEqualTo(REQUEST);
            assertThat(when).isEqualTo(now);
            return new IdentityOutcome.Rejected(Reason.REPLAYED);
        });

        assertThat(refusalOf(admit(policy(Set.of(), "hmac"), Set.of(judging), "hmac"))
                        .reason())
                .isEqualTo(Reason.REPLAYED);
    }

    @Test
    void only_the_mechanism_public_makes_anonymous() {
        var lying = TestMechanism.answering("hmac", new IdentityOutcome.Anonymous(principal("hmac", "nobody")));

        assertThatThrownBy(() -> admit(policy(Set.of(), "hmac", "public"), Set.of(lying, anonymous()), "hmac"))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> admit(
                        policy(Set.of(), "hmac", "jwt"),
                        Set.of(lying, rejected("jwt", Reason.REPLAYED)),
                        "hmac",
                        "jwt"))
                .isInstanceOf(IllegalStateException.class);
        assertThat(log.grants()).isEmpty();
    }

    @Test
    void a_policy_that_names_an_unwired_mechanism_is_not_known_and_admits_nobody() {
        var gate = gate(Set.of(valid("hmac", "app")), Set.of());

        assertThat(gate.knows(policy(Set.of(), "hmac"))).isTrue();
        assertThat(gate.knows(policy(Set.of(), "hmac", "jwt"))).isFalse();
        assertThatThrownBy(() -> gate.admit(TestRequests.claiming(REQUEST, now), policy(Set.of(), "jwt")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_policy_signs_the_body_when_one_of_its_mechanisms_does() {
        var gate = gate(Set.of(valid("jwt", "app"), new SigningMechanism()), Set.of());

        assertThat(gate.signsBody(policy(Set.of(), "jwt", "signing"))).isTrue();
        assertThat(gate.signsBody(policy(Set.of(), "jwt"))).isFalse();
    }

    @Test
    void a_mechanism_is_wired_once() {
        assertThatThrownBy(() -> gate(Set.of(valid("hmac", "a"), valid("hmac", "b")), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_task_of_the_system_gets_its_own_permissions() {
        var scheduled = new Scheduled(REQUEST, now, Task.RECLAIM.taskName(), now, 1);

        var grant = grantOf(gate(Set.of(), Set.of(Task.RECLAIM)).admit(scheduled, policy(Set.of(GET), "hmac")));

        assertThat(grant.permits(Action.SPACE_RECLAIM, ResourceName.container("")))
                .isTrue();
        assertThat(grant.permits(Action.KV_GET, IN_CACHE)).isFalse();
        assertThat(grant.principal().id().mechanism()).isEqualTo(MechanismName.SYSTEM);
        assertThat(grant.principal().id().subject()).isEqualTo(new Subject("reclaim"));
        assertThat(grant.principal().scopes()).isEmpty();
        assertThat(grant.validUntil()).isEqualTo(now.plus(Duration.ofHours(24)));
        assertThat(grant.request()).isEqualTo(REQUEST);
    }

    @Test
    void an_unknown_task_is_refused() {
        var scheduled = new Scheduled(REQUEST, now, new TaskName("unknown"), now, 1);

        var decision = gate(Set.of(), Set.of(Task.RECLAIM)).admit(scheduled, policy(Set.of(), "hmac"));

        assertThat(refusalOf(decision).reason()).isEqualTo(Reason.TASK_UNKNOWN);
        assertThat(refusalOf(decision).mechanism()).isEqualTo(MechanismName.SYSTEM);
    }

    @Test
    void a_task_is_a_constant_of_an_enum_and_of_its_name_alone() {
        var madeUp = new SystemTask() {
            @Override
            public TaskName taskName() {
                return new TaskName("made-up");
            }

            @Override
            public Permissions permissions() {
                return Permissions.NONE;
            }
        };

        assertThatThrownBy(() -> gate(Set.of(), Set.of(madeUp))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> gate(Set.of(), Set.of(Task.RECLAIM, Task.RECLAIM_AGAIN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private enum Task implements SystemTask {
        RECLAIM,
        RECLAIM_AGAIN;

        @Override
        public TaskName taskName() {
            return new TaskName("reclaim");
        }

        @Override
        public Permissions permissions() {
            return Permissions.of(new Permission(
                    Set.of(Action.SPACE_RECLAIM), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
        }
    }

    private static final class SigningMechanism implements IdentityMechanism {
        @Override
        public MechanismName name() {
            return new MechanismName("signing");
        }

        @Override
        public boolean present(io.triport.domain.request.Fetch request) {
            return false;
        }

        @Override
        public boolean signsBody() {
            return true;
        }

        @Override
        public IdentityOutcome verify(io.triport.domain.request.Fetch request, Instant when) {
            return new IdentityOutcome.Rejected(Reason.UNKNOWN_KEY);
        }
    }

    private Decision admit(RoutePolicy policy, Set<? extends IdentityMechanism> mechanisms, String... claimed) {
        return gate(mechanisms, Set.of()).admit(TestRequests.claiming(REQUEST, now, claimed), policy);
    }

    private AccessGate gate(Set<? extends IdentityMechanism> mechanisms, Set<SystemTask> tasks) {
        return new AccessGate(Set.copyOf(mechanisms), tasks, clock, log);
    }

    private static RoutePolicy policy(Set<Scope> scopes, String... mechanisms) {
        return policy(Combine.AGREE, scopes, mechanisms);
    }

    private static RoutePolicy policy(Combine combine, Set<Scope> scopes, String... mechanisms) {
        var names = Stream.of(mechanisms).map(MechanismName::new).collect(Collectors.toList());
        return new RoutePolicy(names, combine, scopes, ByteSize.ZERO, Duration.ZERO);
    }

    private static RoutePolicy aged(Duration maxVerifyAge) {
        return new RoutePolicy(List.of(name("hmac")), Combine.AGREE, Set.of(), ByteSize.ZERO, maxVerifyAge);
    }

    private TestMechanism valid(String mechanism, String subject) {
        return holding(mechanism, principal(mechanism, subject));
    }

    private static TestMechanism holding(String mechanism, Principal principal) {
        return TestMechanism.answering(mechanism, new IdentityOutcome.Authenticated(principal, READ_CACHE, List.of()));
    }

    private static TestMechanism rejected(String mechanism, Reason reason) {
        return TestMechanism.answering(mechanism, new IdentityOutcome.Rejected(reason));
    }

    private TestMechanism anonymous() {
        var nobody = Principal.named(
                id("public", "anonymous"),
                Principal.Kind.ANONYMOUS,
                new CredentialId("none"),
                AuthStrength.NONE,
                now,
                now.plusSeconds(1));
        return TestMechanism.answering("public", new IdentityOutcome.Anonymous(nobody));
    }

    private Principal principal(String mechanism, String subject) {
        return holder(mechanism, subject, now, now.plusSeconds(60));
    }

    private static Principal holder(String mechanism, String subject, Instant verifiedAt, Instant validUntil) {
        return Principal.named(
                        id(mechanism, subject),
                        Principal.Kind.SERVICE,
                        new CredentialId("key-1"),
                        AuthStrength.BEARER,
                        verifiedAt,
                        validUntil)
                .withScopes(Set.of(GET));
    }

    private static PrincipalId id(String mechanism, String subject) {
        return new PrincipalId(new MechanismName(mechanism), new Issuer("test"), new Subject(subject));
    }

    private static MechanismName name(String text) {
        return new MechanismName(text);
    }

    private static Grant grantOf(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
        return ((Decision.Admitted) decision).grant();
    }

    private static Refusal refusalOf(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).refusal();
    }

    private static String mechanismOf(Decision decision) {
        return grantOf(decision).principal().id().mechanism().text();
    }
}
