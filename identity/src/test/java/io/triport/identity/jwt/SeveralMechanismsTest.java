package io.triport.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.Decision;
import io.triport.domain.identity.IdentityMechanism;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.identity.apikey.ApiKeyMechanism;
import io.triport.identity.apikey.ApiKeySettings;
import io.triport.identity.apikey.ApiKeyTable;
import io.triport.identity.everybody.PublicMechanism;
import io.triport.identity.jose.FixedKeys;
import io.triport.identity.jose.JwsAlgorithm;
import io.triport.identity.jose.JwsKey;
import io.triport.identity.jose.KeyFile;
import io.triport.identity.jose.SignatureEngine;
import io.triport.identity.jose.TestIssuer;
import io.triport.identity.jose.TestTokens;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.MasterSecret;
import io.triport.identity.verified.VerifiedCache;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.RecordingIdentityLog;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several mechanisms on one route, by way of the gate. */
final class SeveralMechanismsTest {
    private static final TestIssuer IDP = TestIssuer.of("k1", JwsAlgorithm.ES256);

    private final SettableClock clock = SettableClock.anywhere();
    private final SettableTicker ticker = new SettableTicker();
    private final VerifiedCache cache = new VerifiedCache(ticker);
    private final TestRevocations revocations = new TestRevocations();
    private final IdentityMechanism idp = remembered(issuer("idp", new IssuerRule.Exactly(new Issuer("idp"))));
    private final IdentityMechanism legacy = remembered(secret("legacy", new IssuerRule.Exactly(new Issuer("seed"))));
    private final IdentityMechanism any = remembered(secret("any", new IssuerRule.Unnamed()));
    private final IdentityMechanism keys = apiKeys();
    private final AccessGate gate = new AccessGate(
            Set.of(idp, legacy, any, keys, new PublicMechanism()), Set.of(), clock, new RecordingIdentityLog());

    @Test
    void the_issuer_that_a_token_names_chooses_who_judges_it_whatever_the_order() {
        assertThat(mechanism(admit(IDP.token(claims("idp")), "idp", "legacy"))).isEqualTo("idp");
        assertThat(mechanism(admit(IDP.token(claims("idp")), "legacy", "idp"))).isEqualTo("idp");
        assertThat(mechanism(admit(TestTokens.hs256(claims("seed")), "idp", "legacy")))
                .isEqualTo("legacy");
    }

    @Test
    void one_that_takes_any_issuer_judges_what_no_other_is_named_by() {
        assertThat(mechanism(admit(TestTokens.hs256(claims("other")), "idp", "any")))
                .isEqualTo("any");
        assertThat(mechanism(admit(IDP.token(claims("idp")), "any", "idp"))).isEqualTo("idp");
    }

    @Test
    void a_token_of_nobody_known_is_refused_also_where_everybody_may_come_in() {
        assertThat(reason(admit(IDP.token(claims("evil")), "idp", "legacy", "public")))
                .isEqualTo(Reason.TOKEN_ISSUER);
    }

    @Test
    void a_bearer_that_is_no_token_is_refused_also_where_everybody_may_come_in() {
        assertThat(reason(admit("tp_live_key", "idp", "public"))).isEqualTo(Reason.TOKEN_MALFORMED);
    }

    @Test
    void a_bearer_that_is_no_token_is_for_api_keys_where_these_are_taken() {
        assertThat(reason(admit("tp_live_key", "idp", "keys", "public"))).isEqualTo(Reason.UNKNOWN_KEY);
        assertThat(mechanism(admit(IDP.token(claims("idp")), "idp", "keys"))).isEqualTo("idp");
    }

    @Test
    void a_token_that_names_an_issuer_it_is_not_of_is_refused() {
        assertThat(reason(admit(TestTokens.hs256(claims("idp")), "legacy", "idp")))
                .isEqualTo(Reason.TOKEN_ALGORITHM);
    }

    @Test
    void a_route_that_wants_fresh_verifications_gets_them() {
        var token = IDP.token(claims("idp"));
        admit(token, "idp");
        var before = clock.instant();
        clock.advance(Duration.ofSeconds(5));
        ticker.advance(Duration.ofSeconds(5));

        var remembered = gate.admit(bearing(token), policy(Duration.ofMinutes(5), "idp"));
        var fresh = gate.admit(bearing(token), policy(Duration.ZERO, "idp"));

        assertThat(verifiedAt(remembered)).isEqualTo(before);
        assertThat(verifiedAt(fresh)).isEqualTo(clock.instant());
    }

    @Test
    void an_event_loop_may_ask_about_a_curve_only_what_is_remembered() {
        var token = IDP.token(claims("idp"));
        var usual = policy(Duration.ofMinutes(5), "idp", "legacy");

        assertThat(gate.admitAtOnce(bearing(token), usual)).isEmpty();
        admit(token, "idp");

        assertThat(gate.admitAtOnce(bearing(token), usual)).isPresent();
        assertThat(gate.admitAtOnce(bearing(token), policy(Duration.ZERO, "idp")))
                .isEmpty();
        assertThat(gate.admitAtOnce(bearing(TestTokens.hs256(claims("seed"))), usual))
                .isPresent();
    }

    @Test
    void mechanisms_with_keys_are_ready() {
        assertThat(gate.unready()).isEmpty();
    }

    private Decision admit(String token, String... mechanisms) {
        return gate.admit(bearing(token), policy(Duration.ofMinutes(5), mechanisms));
    }

    private static Fetch bearing(String token) {
        return TestFetches.bearing(token);
    }

    private static RoutePolicy policy(Duration maxVerifyAge, String... mechanisms) {
        return new RoutePolicy(
                Stream.of(mechanisms).map(MechanismName::new).toList(),
                Combine.AGREE,
                Set.of(),
                ByteSize.ofBytes(0),
                maxVerifyAge);
    }

    private String claims(String issuer) {
        return "{\"iss\":\"" + issuer + "\",\"sub\":\"ann\",\"aud\":\"api\",\"exp\":"
                + (clock.instant().getEpochSecond() + 3_600) + "}";
    }

    private IdentityMechanism remembered(JwtMechanism mechanism) {
        return cache.over(mechanism, JwtSettings.LONGEST_CACHE, Lifetime.USUAL_SKEW);
    }

    private JwtMechanism issuer(String name, IssuerRule issuer) {
        var content = Bytes.utf8(IDP.jwk());
        var settings = JwtSettings.of(
                new MechanismName(name),
                TokenRules.of(issuer, new AudienceRule.OneOf(Set.of("api")), Set.of(JwsAlgorithm.ES256)),
                new KeyPlace.Listed(content));
        return new JwtMechanism(settings, new FixedKeys(KeyFile.read(content, SignatureEngine.present())), revocations);
    }

    private JwtMechanism secret(String name, IssuerRule issuer) {
        var secret = Secret.of(TestTokens.SECRET);
        var rules = TokenRules.of(issuer, new AudienceRule.OneOf(Set.of("api")), Set.of(JwsAlgorithm.HS256));
        var settings = JwtSettings.of(new MechanismName(name), rules, new KeyPlace.Shared(secret));
        return new JwtMechanism(settings, FixedKeys.of(JwsKey.secret(secret, rules.algorithms())), revocations);
    }

    private IdentityMechanism apiKeys() {
        var peppers = Keyring.of(MasterSecret.of(Secret.of("0123456789abcdef0123456789abcdef")));
        var table = new ApiKeyTable("keys", peppers, new FakeCredentialStore(), ticker, new SeededRandomness(3));
        table.follow();
        return new ApiKeyMechanism(ApiKeySettings.of(new MechanismName("keys"), "keys", peppers), table, revocations);
    }

    private static String mechanism(Decision decision) {
        return ((Decision.Admitted) decision).grant().principal().mechanism().text();
    }

    private static Instant verifiedAt(Decision decision) {
        return ((Decision.Admitted) decision).grant().principal().verifiedAt();
    }

    private static Reason reason(Decision decision) {
        return ((Decision.Refused) decision).refusal().reason();
    }
}
