package io.triport.identity.mtls;

import static io.triport.testkit.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.RevocationLists;
import io.triport.identity.revocation.RevocationRule;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestAuthority;
import io.triport.testkit.TestAuthority.Leaf;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MtlsMechanismTest {
    private static final TestAuthority ROOT = TestAuthority.root("root");
    private static final TestAuthority BETWEEN = ROOT.below("between");
    private static final TestAuthority STRANGER = TestAuthority.root("root");
    private static final FakeRevocationList REVOCATIONS = new FakeRevocationList(new SettableTicker());
    private static final String PROXY = "198.51.100.2";

    @Test
    void a_certificate_of_the_authority_is_admitted_under_the_digest_of_its_key() {
        var certificate = ROOT.issue(Leaf.named());

        var principal = admitted(own(settings("", List.of()), certificate));

        assertThat(principal.subject().text())
                .isEqualTo("sha256:" + Certificates.keySha256(certificate).toHex());
        assertThat(principal.credential().text())
                .isEqualTo(Certificates.sha256(certificate).toHex());
        assertThat(principal.strength()).isEqualTo(AuthStrength.POSSESSION);
        assertThat(principal.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(1)));
        assertThat(principal.authenticatedAt()).isEqualTo(NOW.minusSeconds(60));
    }

    @Test
    void authorities_in_between_may_come_with_the_certificate() {
        var certificate = BETWEEN.issue(Leaf.named());

        admitted(own(settings("", List.of()), certificate, BETWEEN.certificate()));
        assertUntrusted(own(settings("", List.of()), certificate));
        assertUntrusted(own(settings("", List.of()), certificate, STRANGER.certificate()));
    }

    @Test
    void a_certificate_of_another_authority_of_the_same_name_is_refused() {
        assertUntrusted(own(settings("", List.of()), STRANGER.issue(Leaf.named())));
        assertUntrusted(own(settings("", List.of()), STRANGER.issue(Leaf.named()), STRANGER.certificate()));
    }

    @Test
    void a_certificate_that_is_not_for_clients_is_refused() {
        assertUntrusted(
                own(settings("", List.of()), ROOT.issue(Leaf.named().forPurposes(KeyPurposeId.id_kp_serverAuth))));
        assertUntrusted(own(settings("", List.of()), ROOT.issue(Leaf.named().forPurposes())));
        assertUntrusted(
                own(settings("", List.of()), ROOT.issue(Leaf.named().forPurposes(KeyPurposeId.anyExtendedKeyUsage))));
        assertUntrusted(own(settings("", List.of()), ROOT.issue(Leaf.named().usedFor(KeyUsage.keyEncipherment))));
        assertUntrusted(own(settings("", List.of()), ROOT.issue(Leaf.named().asAuthority())));
        assertUntrusted(own(settings("", List.of()), ROOT.certificate()));
    }

    @Test
    void a_client_cannot_issue_certificates() {
        var client = ROOT.issue(Leaf.named());
        var forged = STRANGER.issue(Leaf.uri("spiffe://example.org/admin"));

        assertUntrusted(own(settings("", List.of()), forged, client));
    }

    @Test
    void validity_is_judged_at_each_request() {
        var certificate = ROOT.issue(Leaf.named().valid(NOW, NOW.plusSeconds(10)));
        var mechanism = mechanism(settings("", List.of()));

        assertUntrusted(mechanism.verify(tls(certificate), NOW.minusSeconds(1)));
        admitted(mechanism.verify(tls(certificate), NOW));
        admitted(mechanism.verify(tls(certificate), NOW.plusSeconds(10)));
        assertUntrusted(mechanism.verify(tls(certificate), NOW.plusSeconds(11)));
    }

    @Test
    void an_authority_ends_too() {
        var late = NOW.plus(Duration.ofDays(31));
        var certificate = ROOT.issue(Leaf.named().valid(NOW, late.plusSeconds(60)));

        assertUntrusted(mechanism(settings("", List.of())).verify(tls(certificate), late));
    }

    @Test
    void weak_keys_and_signatures_are_refused() {
        assertUntrusted(own(settings("", List.of()), ROOT.issue(Leaf.named().key("RSA", 1024))));
        assertUntrusted(own(settings("", List.of()), ROOT.issue(Leaf.named().signedWith("SHA1withECDSA"))));
        admitted(own(settings("", List.of()), ROOT.issue(Leaf.named().key("RSA", 2048))));
    }

    @Test
    void what_is_critical_and_unknown_is_refused() {
        assertUntrusted(own(settings("", List.of()), ROOT.issue(Leaf.named().withAnUnknownCriticalExtension())));
    }

    @Test
    void a_workload_is_known_by_its_one_spiffe_id() {
        var settings = settings("example.org", List.of());

        var principal = admitted(own(settings, ROOT.issue(Leaf.uri("spiffe://example.org/ns/prod/billing"))));

        assertThat(principal.subject()).isEqualTo(new Subject("spiffe://example.org/ns/prod/billing"));
        assertThat(principal.issuer().text()).isEqualTo("spiffe://example.org");
        assertUntrusted(own(settings, ROOT.issue(Leaf.uri("spiffe://example.com/ns/prod/billing"))));
        assertUntrusted(own(settings, ROOT.issue(Leaf.uri("https://example.org/ns/prod/billing"))));
        assertUntrusted(own(settings, ROOT.issue(Leaf.named())));
        assertUntrusted(own(settings, ROOT.issue(Leaf.uri("spiffe://example.org/a", "spiffe://example.org/b"))));
        assertUntrusted(own(settings, ROOT.issue(Leaf.uri("spiffe://example.org/a", "https://example.org/"))));
    }

    @Test
    void a_workload_may_have_roles_and_scopes_written_to_its_name() {
        var billing = new KnownClient(
                new Subject("billing"),
                new CertificateName.Uri("spiffe://example.org/billing"),
                Set.of(new Role("writer")),
                Set.of(new Scope("orders.write")));
        var settings = settings("example.org", List.of(billing));

        var known = admitted(own(settings, ROOT.issue(Leaf.uri("spiffe://example.org/billing"))));
        var other = admitted(own(settings, ROOT.issue(Leaf.uri("spiffe://example.org/other"))));

        assertThat(known.roles()).containsExactly(new Role("writer"));
        assertThat(known.scopes()).containsExactly(new Scope("orders.write"));
        assertThat(other.roles()).isEmpty();
    }

    @Test
    void a_client_may_be_known_by_any_of_its_names_but_never_by_the_common_name() {
        var settings = settings(
                "",
                List.of(
                        client("web", new CertificateName.Dns("Web.example.org")),
                        client("mail", new CertificateName.Email("ops@example.org")),
                        client("cn", new CertificateName.Dns("client"))));

        assertThat(admitted(own(settings, ROOT.issue(Leaf.named(dns("web.EXAMPLE.org")))))
                        .subject())
                .isEqualTo(new Subject("web"));
        assertThat(admitted(own(
                                settings,
                                ROOT.issue(Leaf.named(new GeneralName(GeneralName.rfc822Name, "ops@example.org")))))
                        .subject())
                .isEqualTo(new Subject("mail"));
        assertThat(own(settings, ROOT.issue(Leaf.named()))).isEqualTo(rejected(Reason.POLICY_DENIED));
        assertThat(own(settings, ROOT.issue(Leaf.named(dns("*.example.org")))))
                .isEqualTo(rejected(Reason.POLICY_DENIED));
    }

    @Test
    void a_certificate_with_the_names_of_two_clients_is_neither() {
        var settings = settings(
                "",
                List.of(
                        client("a", new CertificateName.Dns("a.example")),
                        client("b", new CertificateName.Dns("b.example"))));

        assertUntrusted(own(settings, ROOT.issue(Leaf.named(dns("a.example"), dns("b.example")))));
    }

    @Test
    void a_client_may_be_known_by_its_key() {
        var certificate = ROOT.issue(Leaf.named());
        var settings =
                settings("", List.of(client("key", new CertificateName.Key(Certificates.keySha256(certificate)))));

        assertThat(admitted(own(settings, certificate)).subject()).isEqualTo(new Subject("key"));
    }

    @Test
    void a_revoked_certificate_is_refused_also_by_a_list_that_is_stale() {
        var good = ROOT.issue(Leaf.named());
        var bad = ROOT.issue(Leaf.named());
        var valid = ROOT.crl(NOW.minusSeconds(60), NOW.plusSeconds(60), bad);
        var stale = ROOT.crl(NOW.minusSeconds(60), NOW, bad);

        assertUntrusted(withCrl(CrlPolicy.HARD, bad, valid));
        assertUntrusted(withCrl(CrlPolicy.SOFT, bad, stale));
        assertUntrusted(withCrl(CrlPolicy.HARD, bad, stale));
        admitted(withCrl(CrlPolicy.HARD, good, valid));
    }

    @Test
    void without_a_valid_list_hard_cannot_judge_and_soft_believes() {
        var certificate = ROOT.issue(Leaf.named());
        var stale = ROOT.crl(NOW.minusSeconds(60), NOW);
        var early = ROOT.crl(NOW.plusSeconds(1), NOW.plusSeconds(60));
        var forged = STRANGER.crl(NOW.minusSeconds(60), NOW.plusSeconds(60));
        var partial = ROOT.partialCrl(NOW.minusSeconds(60), NOW.plusSeconds(60), Extension.issuingDistributionPoint);

        for (var list : List.of(stale, early, forged, partial)) {
            assertThat(withCrl(CrlPolicy.HARD, certificate, list)).isInstanceOf(IdentityOutcome.Unavailable.class);
            admitted(withCrl(CrlPolicy.SOFT, certificate, list));
        }
    }

    @Test
    void each_authority_on_the_way_needs_a_list() {
        var certificate = BETWEEN.issue(Leaf.named());
        var ofRoot = ROOT.crl(NOW.minusSeconds(60), NOW.plusSeconds(60));
        var ofRootWithoutBetween = ROOT.crl(NOW.minusSeconds(60), NOW.plusSeconds(60), BETWEEN.certificate());
        var ofBetween = BETWEEN.crl(NOW.minusSeconds(60), NOW.plusSeconds(60));
        var request = tls(certificate, BETWEEN.certificate());

        assertThat(mechanism(CrlPolicy.HARD, ofRoot).verify(request, NOW))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
        admitted(mechanism(CrlPolicy.HARD, ofRoot, ofBetween).verify(request, NOW));
        assertUntrusted(
                mechanism(CrlPolicy.HARD, ofRootWithoutBetween, ofBetween).verify(request, NOW));
    }

    @Test
    void a_certificate_may_be_taken_back_here_as_well() {
        var certificate = ROOT.issue(Leaf.named());
        var credential = admitted(own(settings("", List.of()), certificate)).credential();

        REVOCATIONS.revoke(Revocation.of(new RevocationKey.Credential(credential), NOW.plus(Duration.ofDays(1))));

        assertThat(own(settings("", List.of()), certificate)).isEqualTo(rejected(Reason.CREDENTIAL_REVOKED));
    }

    @Test
    void without_a_certificate_there_is_no_claim() {
        var mechanism = mechanism(settings("", List.of()));

        assertThat(mechanism.present(request(Map.of(), TransportSecurity.TLS, "192.0.2.7")))
                .isFalse();
        assertThat(mechanism.present(tls(ROOT.issue(Leaf.named())))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_forwarded_certificate_is_admitted_from_the_proxy_alone(ForwardedForm form) {
        var certificate = ROOT.issue(Leaf.named());
        var mechanism = mechanism(forwarded(form));
        var headers = headers(form, certificate);

        assertThat(admitted(mechanism.verify(request(headers, TransportSecurity.PLAIN, PROXY), NOW))
                        .credential()
                        .text())
                .isEqualTo(Certificates.sha256(certificate).toHex());
        assertUntrusted(mechanism.verify(request(headers, TransportSecurity.PLAIN, "192.0.2.7"), NOW));
        assertThat(mechanism.present(request(headers, TransportSecurity.PLAIN, "192.0.2.7")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void a_forwarded_certificate_is_judged_anew(ForwardedForm form) {
        var mechanism = mechanism(forwarded(form));

        assertUntrusted(mechanism.verify(
                request(headers(form, STRANGER.issue(Leaf.named())), TransportSecurity.PLAIN, PROXY), NOW));
        assertUntrusted(mechanism.verify(
                request(headers(form, ROOT.issue(Leaf.named())), TransportSecurity.PLAIN, PROXY),
                NOW.plus(Duration.ofDays(2))));
    }

    @ParameterizedTest
    @EnumSource
    void a_header_that_comes_twice_is_ambiguous(ForwardedForm form) {
        var headers = new HashMap<>(headers(form, ROOT.issue(Leaf.named())));
        headers.computeIfPresent(form.certificate(), (name, values) -> List.of(values.getFirst(), values.getFirst()));

        assertThat(mechanism(forwarded(form)).verify(request(headers, TransportSecurity.PLAIN, PROXY), NOW))
                .isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
    }

    @Test
    void the_address_behind_trusted_proxies_does_not_make_a_proxy() {
        var headers = headers(ForwardedForm.CLIENT_CERT, ROOT.issue(Leaf.named()));
        var peer = new Peer(Cidr.literal(PROXY), TransportSecurity.PLAIN, Cidr.literal("192.0.2.7"));

        assertUntrusted(mechanism(forwarded(ForwardedForm.CLIENT_CERT)).verify(request(headers, peer), NOW));
    }

    @Test
    void behind_a_proxy_the_certificate_of_the_handshake_is_not_the_clients() {
        var proxy = ROOT.issue(Leaf.named());
        var peer = new Peer(Cidr.literal(PROXY), new TransportSecurity.MutualTls(List.of(proxy)));
        var mechanism = mechanism(forwarded(ForwardedForm.CLIENT_CERT));

        assertThat(mechanism.present(request(Map.of(), peer))).isFalse();
        assertUntrusted(mechanism.verify(request(Map.of(), peer), NOW));
    }

    @Test
    void a_proxy_may_have_to_prove_itself() {
        var proxy = ROOT.issue(Leaf.named());
        var headers = headers(ForwardedForm.CLIENT_CERT, ROOT.issue(Leaf.named()));
        var source = new CertificateSource.Forwarded(
                ForwardedForm.CLIENT_CERT, List.of(Cidr.parse(PROXY)), Set.of(Certificates.keySha256(proxy)));
        var mechanism =
                mechanism(new MtlsSettings("f", "", CrlPolicy.HARD, source, "", List.of(), RevocationRule.SOFT));

        admitted(mechanism.verify(request(headers, new TransportSecurity.MutualTls(List.of(proxy)), PROXY), NOW));
        assertUntrusted(mechanism.verify(request(headers, TransportSecurity.TLS, PROXY), NOW));
        assertUntrusted(mechanism.verify(
                request(headers, new TransportSecurity.MutualTls(List.of(ROOT.issue(Leaf.named()))), PROXY), NOW));
    }

    @Test
    void a_chain_may_be_forwarded() throws Exception {
        var certificate = BETWEEN.issue(Leaf.named());
        var chain =
                ":" + Base64.getEncoder().encodeToString(BETWEEN.certificate().getEncoded()) + ":";
        var headers = new HashMap<>(headers(ForwardedForm.CLIENT_CERT, certificate));
        headers.put("client-cert-chain", List.of(chain));
        var envoy = Map.of(
                "x-forwarded-client-cert",
                List.of("Hash=" + Certificates.sha256(certificate).toHex() + ";Chain=\""
                        + encoded(pem(certificate) + pem(BETWEEN.certificate())) + "\""));

        admitted(mechanism(forwarded(ForwardedForm.CLIENT_CERT))
                .verify(request(headers, TransportSecurity.PLAIN, PROXY), NOW));
        admitted(mechanism(forwarded(ForwardedForm.X_FORWARDED_CLIENT_CERT))
                .verify(request(envoy, TransportSecurity.PLAIN, PROXY), NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "Hash=00",
                "Cert=\"",
                "Cert=\"\"",
                "Cert=\"x\"",
                "CERT;Other=1",
                "CERT,CERT",
                "CERT;CERT",
                "Hash=00;CERT",
                "CERTx",
                "Chain=\"%2\"",
                "Chain=\"%zz\"",
                "URI=spiffe://example.org/admin",
                ";",
                "CERT;Subject=\"a"
            })
    void what_is_not_one_element_of_envoys_form_is_refused(String text) throws Exception {
        var value = text.replace("CERT", "Cert=\"" + encoded(pem(ROOT.issue(Leaf.named()))) + "\"");
        var headers = Map.of("x-forwarded-client-cert", List.of(value));

        assertUntrusted(mechanism(forwarded(ForwardedForm.X_FORWARDED_CLIENT_CERT))
                .verify(request(headers, TransportSecurity.PLAIN, PROXY), NOW));
    }

    @Test
    void envoys_element_may_say_more() throws Exception {
        var value = "By=spiffe://example.org/proxy;Subject=\"CN=a\\\"b;,\";URI=spiffe://a/b;URI=;DNS=a;DNS=b;cert="
                + encoded(pem(ROOT.issue(Leaf.named()))) + ";";

        admitted(mechanism(forwarded(ForwardedForm.X_FORWARDED_CLIENT_CERT))
                .verify(
                        request(Map.of("x-forwarded-client-cert", List.of(value)), TransportSecurity.PLAIN, PROXY),
                        NOW));
    }

    @Test
    void a_token_bound_to_a_certificate_goes_with_that_one_alone() {
        var certificate = ROOT.issue(Leaf.named());
        var credential = admitted(own(settings("", List.of()), certificate)).credential();
        var other =
                admitted(own(settings("", List.of()), ROOT.issue(Leaf.named()))).credential();
        var confirmation = new ClaimValue.Members(
                Map.of("x5t#S256", new ClaimValue.Text(CertificateBinding.thumbprint(certificate))));
        var token = Claims.of(Map.of("cnf", confirmation));

        assertThat(CertificateBinding.bound(token, credential)).isTrue();
        assertThat(CertificateBinding.bound(token, other)).isFalse();
        assertThat(CertificateBinding.bound(Claims.NONE, credential)).isFalse();
        assertThat(CertificateBinding.bound(Claims.of(Map.of("cnf", new ClaimValue.Text("x"))), credential))
                .isFalse();
    }

    @Test
    void forwarding_needs_to_know_the_proxies() {
        assertThatThrownBy(() -> new CertificateSource.Forwarded(ForwardedForm.CLIENT_CERT, List.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CertificateSource.Forwarded(
                        ForwardedForm.CLIENT_CERT, List.of(Cidr.parse("0.0.0.0/0")), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static KnownClient client(String subject, CertificateName name) {
        return new KnownClient(new Subject(subject), name, Set.of(), Set.of());
    }

    private static MtlsSettings settings(String spiffe, List<KnownClient> clients) {
        return new MtlsSettings(
                "f", "", CrlPolicy.HARD, new CertificateSource.OwnTls(), spiffe, clients, RevocationRule.SOFT);
    }

    private static MtlsSettings forwarded(ForwardedForm form) {
        var source = new CertificateSource.Forwarded(form, List.of(Cidr.parse(PROXY)), Set.of());
        return new MtlsSettings("f", "", CrlPolicy.HARD, source, "", List.of(), RevocationRule.SOFT);
    }

    private static MtlsMechanism mechanism(MtlsSettings settings) {
        return new MtlsMechanism(
                new MechanismName("peer"), settings, new ClientTrust(() -> List.of(ROOT.certificate())), REVOCATIONS);
    }

    private static MtlsMechanism mechanism(CrlPolicy policy, X509CRL... lists) {
        var revocations = new RevocationLists(List.of(lists));
        var trust = new ClientTrust(() -> List.of(ROOT.certificate()), List.of(() -> revocations), policy, () -> true);
        return new MtlsMechanism(new MechanismName("peer"), settings("", List.of()), trust, REVOCATIONS);
    }

    private static IdentityOutcome own(MtlsSettings settings, X509Certificate... chain) {
        return mechanism(settings).verify(tls(chain), NOW);
    }

    private static IdentityOutcome withCrl(CrlPolicy policy, X509Certificate certificate, X509CRL list) {
        return mechanism(policy, list).verify(tls(certificate), NOW);
    }

    private static Fetch tls(X509Certificate... chain) {
        return request(Map.of(), new TransportSecurity.MutualTls(List.of(chain)), "192.0.2.7");
    }

    private static Fetch request(Map<String, List<String>> headers, TransportSecurity security, String address) {
        return request(headers, new Peer(Cidr.literal(address), security));
    }

    private static Fetch request(Map<String, List<String>> headers, Peer peer) {
        return new Fetch(
                new RequestId("test"),
                Instant.EPOCH,
                Method.GET,
                RawTarget.parse("/"),
                new Headers(headers),
                peer,
                Content.of(Bytes.EMPTY));
    }

    private static Map<String, List<String>> headers(ForwardedForm form, X509Certificate certificate) {
        try {
            var der = Base64.getEncoder().encodeToString(certificate.getEncoded());
            var value = switch (form) {
                case X_FORWARDED_CLIENT_CERT ->
                    "Hash=" + Certificates.sha256(certificate).toHex() + ";Cert=\"" + encoded(pem(certificate)) + "\"";
                case CLIENT_CERT -> ":" + der + ":";
                case CF_CLIENT_CERT -> der;
            };
            return Map.of(form.certificate(), List.of(value));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(String pem) {
        return URLEncoder.encode(pem, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String pem(X509Certificate certificate) throws java.security.cert.CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static Principal admitted(IdentityOutcome outcome) {
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        return ((IdentityOutcome.Authenticated) outcome).principal();
    }

    private static void assertUntrusted(IdentityOutcome outcome) {
        assertThat(outcome).isEqualTo(rejected(Reason.CERT_UNTRUSTED));
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
