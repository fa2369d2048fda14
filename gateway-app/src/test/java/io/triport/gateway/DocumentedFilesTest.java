package io.triport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SigningAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files that the pages of mechanisms show, marked {@code yaml gateway}. */
final class DocumentedFilesTest {
    private static final Pattern FILE = Pattern.compile("(?ms)^```yaml gateway\\n(.*?)^```$");
    private static final Map<String, String> SECRETS = Map.of(
            "SESSION_KEY", "0123456789abcdef0123456789abcdef",
            "OIDC_SECRET", "s",
            "API_KEY_PEPPER", "0123456789abcdef0123456789abcdef",
            "SIGNER_KEY", PrivateKeyPem.generate(SigningAlgorithm.ES256),
            "NEXT_SIGNER_KEY", PrivateKeyPem.generate(SigningAlgorithm.EDDSA));

    @ParameterizedTest
    @CsvSource({"oidc-login, people, shop", "federation, builds, objects", "signer, keys, users"})
    void a_file_of_a_page_is_one_that_the_gateway_takes(String page, String mechanism, String route)
            throws IOException {
        var text = Files.readString(Path.of("..", "docs", "identity", page + ".md"));
        var shown = FILE.matcher(text);
        assertThat(shown.find()).isTrue();
        var sources = new Sources(ConfigFile.parse(page, shown.group(1)), SECRETS, Map.of());

        var settings = GatewaySettings.read(sources.root(), sources);
        sources.root().refuseUnknown();

        assertThat(settings.identity()).containsOnlyKeys(mechanism);
        assertThat(settings.routes()).singleElement().satisfies(only -> {
            assertThat(only.id()).isEqualTo(route);
            assertThat(only.identity()).containsExactly(mechanism);
        });
        assertThat(settings.warnings()).isEmpty();
    }
}
