package io.triport.identity.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.Sources;
import io.triport.identity.revocation.RevocationRule;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeySettingsTest {
    private static final String PEPPER = "cGVwcGVyIG9mIDMyIGJ5dGVzIGZvciB0ZXN0cyAhISE";
    private static final String TOKEN = "a-token-of-any-form-with-32-characters";

    @Test
    void a_pepper_is_enough() {
        var settings = read("{\"pepper\": [\"${env:PEPPER}\"]}", Map.of());

        assertThat(settings.name()).isEqualTo(new MechanismName("keys"));
        assertThat(settings.store()).isEqualTo("api-keys");
        assertThat(settings.environment()).isEqualTo("live");
        assertThat(settings.bootstrap()).isEmpty();
        assertThat(settings.revocation()).isEqualTo(RevocationRule.SOFT);
    }

    @Test
    void everything_can_be_set() {
        var settings = read("""
            {"pepper": ["${env:PEPPER}"], "store": "keys-table", "environment": "test", "revocation": "hard",
             "bootstrapToken": "${env:TOKEN}", "bootstrapScopes": ["keys.write"]}\
            """, Map.of("TOKEN", TOKEN));

        assertThat(settings.store()).isEqualTo("keys-table");
        assertThat(settings.environment()).isEqualTo("test");
        assertThat(settings.revocation()).isEqualTo(RevocationRule.HARD);
        assertThat(settings.bootstrap()).containsExactly(Secret.of(TOKEN));
        assertThat(settings.bootstrapScopes()).containsExactly(new Scope("keys.write"));
    }

    @Test
    void the_bootstrap_token_may_stand_in_its_variable() {
        var settings = read("{\"pepper\": [\"${env:PEPPER}\"]}", Map.of("TRIPORT_API_TOKEN", TOKEN));

        assertThat(settings.bootstrap()).containsExactly(Secret.of(TOKEN));
    }

    @Test
    void without_a_pepper_nothing_starts() {
        assertThatThrownBy(() -> read("{}", Map.of()))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("identity.keys.pepper");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31-characters-are-not-enough-of",
                "with a blank in it, however long it may be",
                "header-of-a-token.payload-of-a-token.signature"
            })
    void a_token_that_is_short_or_looks_like_another_credential_stops_the_start(String token) {
        assertThatThrownBy(() -> read("{\"pepper\": [\"${env:PEPPER}\"]}", Map.of("TRIPORT_API_TOKEN", token)))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("bootstrapToken")
                .hasMessageNotContaining(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"store\": \"Keys\"",
                "\"environment\": \"li_ve\"",
                "\"revocation\": \"never\"",
                "\"bootstrapScopes\": [\"\"]",
                "\"key\": \"chosen-by-a-person\""
            })
    void what_cannot_be_used_stops_the_start(String setting) {
        assertThatThrownBy(() -> read("{\"pepper\": [\"${env:PEPPER}\"], " + setting + "}", Map.of()))
                .isInstanceOf(ConfigError.class);
    }

    private static ApiKeySettings read(String json, Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("PEPPER", PEPPER);
        var file = ConfigJson.parse("test", "{\"identity\": {\"keys\": " + json + "}}");
        var sources = new Sources(file, environment, Map.of());
        var root = sources.root();
        var settings = ApiKeySettings.read(root.section("identity").section("keys"));
        root.refuseUnknown();
        sources.refuseUnknownVariables();
        return settings;
    }
}
