package io.triport.identity.mtls;

import static io.triport.testkit.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.CrlUrl;
import io.triport.identity.crl.PublishedLists;
import io.triport.identity.mtls.ClientTrust.Verdict;
import io.triport.identity.revocation.RevocationRule;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestAuthority;
import io.triport.testkit.TestAuthority.Leaf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MtlsSettingsTest {
    private static final TestAuthority ROOT = TestAuthority.root("root");
    private static final String DIGEST = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private final SettableTicker ticker = new SettableTicker();
    /** Nobody is asked. */
    private final PublishedLists.Surroundings around = PublishedLists.Surroundings.overHttp(
            fetch -> {}, SettableClock.at(NOW.toString()), ticker, length -> new byte[length]);

    @TempDir
    Path directory;

    @Test
    void everything_that_can_be_written_is_read() {
        var settings = read("""
            clientCa: ca.pem
            crlFile: revoked.crl
            crlUrl: "http://ca.example/list.crl"
            crl: soft
            forwarded: {header: client-cert, from: [10.0.0.0/8], proxyKeys: [%s]}
            clients:
              a: {dns: A.example, roles: [writer], scopes: [orders.write]}
              b: {spki: %s}
              c: {email: ops@example.org}
              d: {uri: "urn:example:d"}
            """.formatted(DIGEST, DIGEST));

        assertThat(settings.clientCa()).isEqualTo("ca.pem");
        assertThat(settings.crlFile()).isEqualTo("revoked.crl");
        assertThat(settings.crl()).isEqualTo(CrlPolicy.SOFT);
        assertThat(settings.crlUrls()).containsExactly(CrlUrl.parse("http://ca.example/list.crl"));
        assertThat(settings.source())
                .isEqualTo(new CertificateSource.Forwarded(
                        ForwardedForm.CLIENT_CERT, List.of(Cidr.parse("10.0.0.0/8")), Set.of(Bytes.parseHex(DIGEST))));
        assertThat(settings.clients())
                .containsExactly(
                        new KnownClient(
                                new Subject("a"),
                                new CertificateName.Dns("a.example"),
                                Set.of(new Role("writer")),
                                Set.of(new Scope("orders.write"))),
                        new KnownClient(
                                new Subject("b"), new CertificateName.Key(Bytes.parseHex(DIGEST)), Set.of(), Set.of()),
                        new KnownClient(
                                new Subject("c"), new CertificateName.Email("ops@example.org"), Set.of(), Set.of()),
                        new KnownClient(
                                new Subject("d"), new CertificateName.Uri("urn:example:d"), Set.of(), Set.of()));
    }

    @Test
    void the_shortest_settings_are_own_tls_and_hard() {
        assertThat(read("clientCa: ca.pem"))
                .isEqualTo(new MtlsSettings(
                        "ca.pem",
                        "",
                        CrlPolicy.HARD,
                        new CertificateSource.OwnTls(),
                        "",
                        List.of(),
                        RevocationRule.SOFT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "crl: hard | clientCa: missing",
                "{clientCa: f, crl: maybe} | crl: maybe (expected: one of soft, hard)",
                "{clientCa: f, crlUrl: 'ldap://ca/list'} | crlUrl: ldap://ca/list (expected: an http or https URL",
                "{clientCa: f, crlUrl: 'http://a@ca/list'} | crlUrl: http://a@ca/list",
                "{clientCa: f, crlUrl: /list} | crlUrl: /list",
                "{clientCa: f, spiffe: Example.org} | expected: a trust domain",
                "{clientCa: f, forwarded: {from: [10.0.0.0/8]}} | forwarded.header: missing",
                "{clientCa: f, forwarded: {header: client-cert}} | forwarded.from: []",
                "{clientCa: f, forwarded: {header: client-cert, from: ['::/0']}} | expected: the addresses of the"
                        + " proxies",
                "{clientCa: f, forwarded: {header: client-cert, from: [10.0.0.1], proxyKeys: [ab]}} |"
                        + " forwarded.proxyKeys: ab",
                "{clientCa: f, clients: {a: {}}} | exactly one of uri, dns, email, spki",
                "{clientCa: f, clients: {a: {dns: a, uri: 'urn:a'}}} | exactly one of uri, dns, email, spki",
                "{clientCa: f, clients: {a: {dns: '*.a'}}} | without a wildcard",
                "{clientCa: f, clients: {a: {dns: x}, b: {dns: X}}} | each name once",
                "{clientCa: f, spiffe: example.org, clients: {a: {dns: x}}} | expected: uri, as spiffe is set",
            })
    void what_cannot_be_used_is_an_error_with_its_place(String text, String message) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigError.class).hasMessageContaining(message);
    }

    @Test
    void files_are_read_anew_when_they_change() throws Exception {
        var ca = Files.writeString(
                directory.resolve("ca.pem"),
                "Our own\n" + pem(TestAuthority.root("old").certificate()));
        var crl = Files.write(directory.resolve("crl"), list().getEncoded());
        var certificate = ROOT.issue(Leaf.named());
        var trust = new MtlsSettings(
                        ca.toString(),
                        crl.toString(),
                        CrlPolicy.HARD,
                        new CertificateSource.OwnTls(),
                        "",
                        List.of(),
                        RevocationRule.SOFT)
                .trust(around);
        var chain = ClientChain.of(List.of(certificate));
        assertThat(trust.judge(chain, NOW)).isInstanceOf(Verdict.Untrusted.class);

        Files.writeString(ca, pem(TestAuthority.root("other").certificate()) + pem(ROOT.certificate()));
        ticker.advance(Duration.ofSeconds(1));
        assertThat(trust.judge(chain, NOW)).isInstanceOf(Verdict.Trusted.class);

        Files.writeString(crl, "half a file");
        ticker.advance(Duration.ofSeconds(1));
        assertThat(trust.judge(chain, NOW)).isInstanceOf(Verdict.Trusted.class);

        Files.write(crl, list(certificate).getEncoded());
        ticker.advance(Duration.ofSeconds(1));
        assertThat(trust.judge(chain, NOW)).isInstanceOf(Verdict.Untrusted.class);
    }

    @Test
    void a_file_that_cannot_be_used_at_the_start_is_an_error() throws Exception {
        var empty = Files.writeString(directory.resolve("empty"), "nothing in here");

        assertThatThrownBy(
                        () -> read("clientCa: " + directory.resolve("absent")).trust(around))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("absent: file: unreadable");
        assertThatThrownBy(() -> read("clientCa: " + empty).trust(around))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("empty: file: unusable (expected: certificate: X.509");
    }

    @Property(tries = 500)
    void one_changed_bit_of_a_certificate_is_refused(@ForAll @IntRange(max = 100_000) int bit) throws Exception {
        var der = CERTIFICATE.getEncoded();
        der[bit / 8 % der.length] ^= (byte) (1 << bit % 8);

        assertThat(judge(der)).isInstanceOf(Verdict.Untrusted.class);
    }

    /** The bits that a signature leaves unused at its end are not signed, and would change the digest of the certificate. */
    @Test
    void a_signature_with_unused_bits_is_refused() throws Exception {
        for (var unused = 1; unused < 8; unused++) {
            var der = CERTIFICATE.getEncoded();
            var end = CERTIFICATE.getSignature().length;
            der[der.length - end - 1] = (byte) unused;
            assertThat(judge(der)).isInstanceOf(Verdict.Untrusted.class);
        }
    }

    private static final X509Certificate CERTIFICATE = ROOT.issue(Leaf.named());

    private static Verdict judge(byte[] der) {
        try {
            return new ClientTrust(() -> List.of(ROOT.certificate()))
                    .judge(ClientChain.of(List.of(Certificates.parse(der))), NOW);
        } catch (io.triport.domain.request.InvalidInput e) {
            return new Verdict.Untrusted();
        }
    }

    private static X509CRL list(X509Certificate... revoked) {
        return ROOT.crl(NOW.minusSeconds(60), NOW.plusSeconds(60), revoked);
    }

    private static String pem(X509Certificate certificate) throws java.security.cert.CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static MtlsSettings read(String text) {
        var section = section(text);
        var settings = MtlsSettings.read(section);
        section.refuseUnknown();
        return settings;
    }

    private static Section section(String text) {
        return new Sources(ConfigFile.parse("f.yml", text), Map.of(), Map.of()).root();
    }
}
