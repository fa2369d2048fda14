package io.triport.identity.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.request.Cidr;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignedSettingsTest {
    private static final String PUBLIC_KEY = "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SECRET", "0123456789abcdef0123456789abcdef",
            "OLDER", "fedcba9876543210fedcba9876543210",
            "SHORT", "0123456789abcdef0123456789abcde");

    @Test
    void everything_that_can_be_written_is_read() {
        var settings = read("""
            window: 30s
            forms: [message-signatures]
            tag: orders
            keys:
              app: {secrets: ["${env:SECRET}", "${env:OLDER}"], roles: [admin], scopes: [orders.write], cidrs: [192.0.2.0/24], expiresAt: 2027-01-01T00:00:00Z}
              partner: {publicKeys: [%s]}
            """.formatted(PUBLIC_KEY));

        assertThat(settings.window()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.forms()).containsExactly(SignatureForm.MESSAGE_SIGNATURES);
        assertThat(settings.tag()).isEqualTo("orders");
        assertThat(settings.keys().find("app")).hasValueSatisfying(signer -> {
            assertThat(signer.credential()).isEqualTo(new CredentialId("app"));
            assertThat(signer.keys()).hasSize(2);
            assertThat(signer.roles()).containsExactly(new Role("admin"));
            assertThat(signer.scopes()).containsExactly(new Scope("orders.write"));
            assertThat(signer.cidrs()).containsExactly(Cidr.parse("192.0.2.0/24"));
            assertThat(signer.expiresAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
        });
        assertThat(settings.keys().find("partner"))
                .hasValueSatisfying(
                        signer -> assertThat(signer.keys()).containsExactly(SignatureKey.parsePublic(PUBLIC_KEY)));
    }

    @Test
    void both_forms_and_a_minute_are_the_default() {
        var settings = read("keys: {app: {secrets: [\"${env:SECRET}\"]}}");

        assertThat(settings).isEqualTo(SignedSettings.of(settings.keys()));
        assertThat(settings.keys().find("app"))
                .hasValueSatisfying(signer -> assertThat(signer.expiresAt()).isEqualTo(Instant.MAX));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "window: 2h | f.yml line 1: window: 2h (expected: a duration of 1s..1h)",
                "window: 60s | keys: signers: none",
                "forms: [bearer] | f.yml line 1: forms: bearer (expected: one of headers, message-signatures)",
                "keys: {a: {}} | keys: 0 (expected: 1, or 2",
                "keys: {a: {secrets: [x]}} | keys.a.secrets: (written out, not shown)",
                "keys: {a: {secrets: ['${env:SHORT}']}} | keys.a.secrets: (not shown) (expected: secret: 32 bytes or"
                        + " more)",
                "keys: {a: {secrets: ['${env:SECRET}']}, b: {secrets: ['${env:SECRET}']}} | a key occurs twice",
                "keys: {a: {publicKeys: [AAAA]}} | keys.a.publicKeys: AAAA (expected: SubjectPublicKeyInfo",
            })
    void what_cannot_be_used_is_an_error_with_its_place(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigError.class).hasMessageContaining(message);
    }

    @Test
    void an_unknown_key_is_found() {
        var section = section("keys: {app: {secrets: [\"${env:SECRET}\"], scope: x}}");
        SignedSettings.read(section);

        assertThatThrownBy(section::refuseUnknown).hasMessageContaining("keys.app.scope: unknown setting");
    }

    private static SignedSettings read(String text) {
        return SignedSettings.read(section(text));
    }

    private static io.triport.identity.config.Section section(String text) {
        return new Sources(ConfigFile.parse("f.yml", text), ENVIRONMENT, Map.of()).root();
    }
}
