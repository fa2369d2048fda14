package io.triport.identity.jwks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JwksUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080/keys", "http://localhost/keys", "http://[::1]/keys", "http://127.9.9.9/"})
    void plain_http_leads_to_this_machine_where_it_is_written_out(String url) {
        assertThat(JwksUrl.parse(url, JwksUrl.Plain.LOOPBACK)).hasToString(url);
        assertThatThrownBy(() -> JwksUrl.parse(url, JwksUrl.Plain.NEVER)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example/keys",
                "http://127.0.0.1.evil.example/keys",
                "http://127.0.0.1@evil.example/keys",
                "https://user@idp.example/keys",
                "https://idp.example/keys#x",
                "https:///keys",
                "file:///etc/passwd",
                "keys",
                "",
                "https://idp example/keys"
            })
    void other_addresses_are_no_place_for_keys(String url) {
        assertThatThrownBy(() -> JwksUrl.parse(url, JwksUrl.Plain.LOOPBACK)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'', PT10M",
        "max-age=600, PT10M",
        "'public, MAX-AGE=120', PT2M",
        "max-age=1, PT1M",
        "max-age=86400, PT1H",
        "'max-age=600, no-store', PT10M",
        "no-cache, PT1M",
        "max-age=x, PT1M",
        "max-age=-5, PT1M",
        "max-age=99999999999999, PT1M",
        "public, PT10M"
    })
    void a_server_says_how_long_a_set_is_fresh_within_bounds(String field, Duration fresh) {
        assertThat(Freshness.of(field)).isEqualTo(fresh);
    }
}
