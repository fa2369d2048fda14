package io.triport.identity.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.RevocationList;
import io.triport.domain.identity.Subject;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.Sources;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RevocationGuardTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final PrincipalId ID =
            new PrincipalId(new MechanismName("test"), new Issuer("test"), new Subject("alice"));
    private static final IdentityOutcome.Authenticated ALICE = new IdentityOutcome.Authenticated(
            Principal.named(
                    ID,
                    Principal.Kind.HUMAN,
                    new CredentialId("credential-1"),
                    AuthStrength.BEARER,
                    NOW,
                    NOW.plusSeconds(60)),
            Permissions.NONE,
            List.of());

    private final SettableTicker ticker = new SettableTicker();
    private final FakeRevocationList list = new FakeRevocationList(ticker);

    @Test
    void who_was_not_revoked_passes() {
        assertThat(guard(RevocationRule.HARD).pass(ALICE)).isEqualTo(ALICE);
    }

    @Test
    void who_was_revoked_is_refused() {
        list.revoke(Revocation.of(new RevocationKey.Credential(new CredentialId("credential-1")), NOW));

        assertThat(guard(RevocationRule.SOFT).pass(ALICE))
                .isEqualTo(new IdentityOutcome.Rejected(Reason.CREDENTIAL_REVOKED));
    }

    @Test
    void all_that_was_issued_to_somebody_before_a_time_is_refused() {
        var holder = new RevocationKey.Holder(ID.issuer(), ID.subject());

        list.revoke(new Revocation(holder, NOW, Instant.MAX));
        assertThat(guard(RevocationRule.SOFT).pass(ALICE)).isEqualTo(ALICE);

        list.revoke(new Revocation(holder, NOW.plusMillis(1), Instant.MAX));
        assertThat(guard(RevocationRule.SOFT).pass(ALICE)).isInstanceOf(IdentityOutcome.Rejected.class);
    }

    @Test
    void when_nobody_knows_the_rule_decides() {
        list.cut();
        ticker.advance(RevocationList.BLIND.plus(Duration.ofSeconds(1)));

        assertThat(guard(RevocationRule.SOFT).pass(ALICE)).isEqualTo(ALICE);
        assertThat(guard(RevocationRule.HARD).pass(ALICE)).isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @Test
    void the_rule_is_soft_unless_it_is_written() {
        assertThat(read("{}")).isEqualTo(RevocationRule.SOFT);
        assertThat(read("{\"revocation\": \"hard\"}")).isEqualTo(RevocationRule.HARD);
        assertThatThrownBy(() -> read("{\"revocation\": \"off\"}")).isInstanceOf(ConfigError.class);
    }

    private RevocationGuard guard(RevocationRule rule) {
        return new RevocationGuard(list, rule);
    }

    private static RevocationRule read(String json) {
        var file = ConfigJson.parse("test", "{\"keys\": " + json + "}");
        return RevocationRule.read(new Sources(file, Map.of(), Map.of()).root().section("keys"));
    }
}
