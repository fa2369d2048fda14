package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import io.triport.identity.trace.TraceSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section of shared keys about traces. */
final class TraceSectionTest {
    @TempDir
    private Path directory;

    @Test
    void a_collector_is_named_with_what_it_gets() throws IOException {
        assertThat(read("triport: {traces: {endpoint: 'http://127.0.0.1:4318', sample: 3%, queue: 9}}")
                        .traces())
                .isEqualTo(new TraceSettings(URI.create("http://127.0.0.1:4318"), 3, 9));
        assertThat(read("triport: {traces: {endpoint: 'https://collector.example/otlp'}}")
                        .traces())
                .isEqualTo(new TraceSettings(URI.create("https://collector.example/otlp"), 10, 2048));
    }

    @Test
    void nothing_is_traced_without_the_section_and_the_section_needs_a_collector() throws IOException {
        assertThat(read("triport: {}").traces()).isNull();
        for (var wrong : new String[] {"{}", "{sample: 1%}", "{endpoint: 'ftp://a'}", "{endpoint: 'http://a:1?b'}"}) {
            assertThatThrownBy(() -> read("triport: {traces: " + wrong + "}"))
                    .as(wrong)
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("triport.traces.endpoint");
        }
    }

    private Configuration read(String yaml) throws IOException {
        var file = Files.writeString(directory.resolve("test.yml"), yaml);
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, directory);
        return Configuration.read(new TestApp(), Optional.of(file), mode, Map.of(), Map.of());
    }
}
