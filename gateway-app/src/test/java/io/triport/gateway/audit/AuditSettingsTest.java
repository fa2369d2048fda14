package io.triport.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.gateway.audit.AuditSettings.OnFull;
import io.triport.gateway.audit.AuditSettings.Sink;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditSettingsTest {
    @Test
    void without_settings_the_table_is_used_and_a_full_queue_blocks() {
        assertThat(read("{}"))
                .isEqualTo(new AuditSettings(
                        Sink.SQL,
                        "",
                        10_000,
                        500,
                        Duration.ofMillis(200),
                        OnFull.BLOCK,
                        "",
                        false,
                        false,
                        true,
                        2_048));
    }

    @Test
    void every_setting_is_read() {
        assertThat(read("{sink: otlp, endpoint: 'http://127.0.0.1:4318', queue: 20, batch: 10, flush: 1s, onFull:"
                        + " spill, spillDir: d, durable: true, chain: true, redactQuery: false, pathLimit: 9}"))
                .isEqualTo(new AuditSettings(
                        Sink.OTLP,
                        "http://127.0.0.1:4318",
                        20,
                        10,
                        Duration.ofSeconds(1),
                        OnFull.SPILL,
                        "d",
                        true,
                        true,
                        false,
                        9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{sink: syslog}",
                "{sink: file}",
                "{sink: otlp}",
                "{sink: otlp, endpoint: 'ftp://x'}",
                "{file: a.log}",
                "{endpoint: 'http://127.0.0.1'}",
                "{queue: 0}",
                "{queue: 10}",
                "{batch: 1001}",
                "{onFull: spill}",
                "{durable: true}",
                "{onFull: wait}",
                "{pathLimit: 0}",
                "{flush: 0s}",
                "{colour: red}",
            })
    void settings_that_cannot_be_used_are_refused_with_their_place(String settings) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("gateway.yaml line 1")
                .hasMessageContaining("audit.");
    }

    @Test
    void a_path_is_kept_without_its_query_and_up_to_its_limit() {
        assertThat(read("{pathLimit: 5}").path("/abc?token=x")).isEqualTo("/abc");
        assertThat(read("{pathLimit: 5}").path("/abcdefg?token=x")).isEqualTo("/abcd");
        assertThat(read("{redactQuery: false}").path("/abc?q=x")).isEqualTo("/abc?q=x");
    }

    private static AuditSettings read(String settings) {
        var root = new Sources(ConfigFile.parse("gateway.yaml", "audit: " + settings), Map.of(), Map.of()).root();
        var read = AuditSettings.read(root.section("audit"));
        root.refuseUnknown();
        return read;
    }
}
