package io.triport.identity.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.CrlUrl;
import io.triport.identity.tls.TlsSettings.Clients;
import io.triport.identity.tls.TlsSettings.Demand;
import io.triport.identity.tls.TlsSettings.KeyAccess;
import io.triport.identity.tls.TlsSettings.Protocol;
import io.triport.identity.tls.TlsSettings.Spelling;
import io.triport.identity.tls.TlsSettings.Version;
import io.triport.testkit.TlsAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsSettingsTest {
    private final TlsAuthority authority = new TlsAuthority("CN=authority");

    @TempDir
    Path directory;

    private Path cert;
    private Path key;
    private Path ca;

    @BeforeEach
    void files() {
        var credential = authority.issue("CN=server");
        cert = credential.certFile(directory.resolve("cert.pem"));
        key = credential.keyFile(directory.resolve("key.pem"));
        ca = authority.file(directory.resolve("ca.pem"));
    }

    @Test
    void without_files_the_listener_speaks_plain_http() {
        assertThat(read("")).isEmpty();
    }

    @Test
    void a_pair_is_enough() {
        assertThat(read("cert: " + cert + ", key: " + key))
                .contains(
                        new TlsSettings(cert, key, KeyAccess.OWNER, new Clients.Unasked(), Version.TLS_1_2, List.of()));
    }

    @Test
    void all_that_the_gateway_may_say() {
        var text = "cert: " + cert + ", key: " + key + ", clientCa: " + ca
                + ", clientAuth: need, minVersion: \"1.3\", alpn: [http/1.1, h2]";

        assertThat(read(text, Spelling.CAMEL))
                .contains(new TlsSettings(
                        cert,
                        key,
                        KeyAccess.OWNER,
                        new Clients.Asked(ca, Demand.NEED),
                        Version.TLS_1_3,
                        List.of(Protocol.HTTP_1_1, Protocol.HTTP_2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void keys_of_both_kinds_are_taken(String algorithm) {
        var credential = authority.issue("CN=other", algorithm);

        assertThat(read("cert: " + credential.certFile(cert) + ", key: " + credential.keyFile(key)))
                .isPresent();
    }

    @Test
    void an_app_that_speaks_http2_offers_it_unless_told_otherwise() {
        assertThat(read(pair(), Spelling.CAMEL).orElseThrow().protocols())
                .containsExactly(Protocol.HTTP_2, Protocol.HTTP_1_1);
        assertThat(read(pair() + ", alpn: [http/1.1]", Spelling.CAMEL)
                        .orElseThrow()
                        .protocols())
                .containsExactly(Protocol.HTTP_1_1);
    }

    @Test
    void half_a_pair_is_refused() {
        assertRefused("cert: " + cert, "tls.key: nothing (expected: the key of the certificate)");
        assertRefused("key: " + key, "tls.cert: nothing (expected: the certificate of the key)");
        assertRefused("alpn: [http/1.1]", "tls.cert: nothing (expected: the path of a file");
    }

    @Test
    void a_key_of_another_certificate_is_refused() {
        authority.issue("CN=other").keyFile(key);
        assertRefused(pair(), "tls.key: " + key + " (expected: the key of the certificate in " + cert + ")");

        authority.issue("CN=other", "RSA").keyFile(key);
        assertRefused(pair(), "tls.key: " + key + " (expected: the key of the certificate in " + cert + ")");
    }

    @Test
    void files_that_are_not_there_or_hold_something_else_are_refused() throws IOException {
        assertRefused("cert: /none, key: " + key, "tls.cert: /none is unreadable");
        assertRefused("cert: " + cert + ", key: /none", "tls.key: /none is unreadable");
        assertRefused("cert: " + key + ", key: " + key, "tls.cert: " + key + " holds no certificate");
        assertRefused(
                pair() + ", client-auth: want, client-ca: " + key, "tls.client-ca: " + key + " holds no certificate");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertRefused(pair(), "tls.key: " + key + " holds no key");
        Files.writeString(key, Files.readString(cert));
        assertRefused(pair(), "tls.key: " + key + " holds no key");
    }

    @Test
    void a_key_that_others_may_read_is_refused_unless_allowed() throws IOException {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

        assertRefused(pair(), "tls.key: " + key + " is open to others (expected: a file of mode 600 or 400)");
        assertThat(read(pair() + ", allow-open-key-files: true")).isPresent();
    }

    @Test
    void to_ask_clients_takes_an_authority_and_the_other_way_round() {
        assertRefused(pair() + ", client-auth: need", "tls.client-ca: nothing");
        assertRefused(pair() + ", client-ca: " + ca, "tls.client-auth: none");
        assertRefused(pair() + ", crl: " + ca, "tls.client-auth: none (expected: want or need, where crl is set)");
        assertRefused(
                pair() + ", client-auth: want, client-ca: " + ca + ", crl: " + key,
                "tls.crl: " + key + " holds no revocation list");
    }

    @Test
    void where_authorities_publish_their_lists_and_what_is_done_without_one() {
        var asked = ", client-auth: need, client-ca: " + ca + ", crl-url: [\"http://ca.example/a.crl\"]";

        assertThat(revocations(read(pair() + asked)))
                .isEqualTo(new TlsSettings.Revocations(
                        List.of(), List.of(CrlUrl.parse("http://ca.example/a.crl")), CrlPolicy.HARD));
        assertThat(revocations(read(pair() + asked + ", crl-policy: soft")).policy())
                .isEqualTo(CrlPolicy.SOFT);
        assertRefused(
                pair() + ", crl-url: [\"http://ca.example/a.crl\"]",
                "tls.client-auth: none (expected: want or need, where crl-url is set)");
        assertRefused(pair() + ", crl-policy: soft", "tls.crl-policy: a policy (expected: crl or crl-url beside it)");
        assertThatThrownBy(() -> read(pair() + asked.replace("http:", "ldap:"))).isInstanceOf(ConfigError.class);
    }

    private static TlsSettings.Revocations revocations(Optional<TlsSettings> read) {
        return ((Clients.Asked) read.orElseThrow().clients()).revocations();
    }

    @ParameterizedTest
    @ValueSource(strings = {"min-version: \"1.1\"", "alpn: [h2]", "client-auth: maybe", "allow-open-key-files: yes"})
    void other_words_are_refused(String setting) {
        assertThatThrownBy(() -> read(pair() + ", " + setting)).isInstanceOf(ConfigError.class);
    }

    private String pair() {
        return "cert: " + cert + ", key: " + key;
    }

    private void assertRefused(String settings, String message) {
        assertThatThrownBy(() -> read(settings)).isInstanceOf(ConfigError.class).hasMessageContaining(message);
    }

    private Optional<TlsSettings> read(String settings) {
        return read(settings, Spelling.KEBAB);
    }

    private Optional<TlsSettings> read(String settings, Spelling spelling) {
        try {
            var file = Files.writeString(directory.resolve("app.yml"), "tls: {" + settings + "}");
            var root = new Sources(ConfigFile.read(file), Map.of(), Map.of()).root();
            var spoken = spelling == Spelling.CAMEL
                    ? List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                    : List.of(Protocol.HTTP_1_1);
            var read = TlsSettings.read(root.section("tls"), spelling, spoken);
            root.refuseUnknown();
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
