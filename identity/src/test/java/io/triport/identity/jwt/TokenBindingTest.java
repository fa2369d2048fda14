package io.triport.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
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
import io.triport.identity.mtls.CertificateBinding;
import io.triport.identity.mtls.CertificateSource;
import io.triport.identity.mtls.ForwardedForm;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

final class TokenBindingTest {
    private static final X509Certificate MINE = certificate(1);
    private static final X509Certificate OTHER = certificate(2);

    @Test
    void a_bound_token_counts_only_with_the_certificate_that_it_names() {
        var token = naming(CertificateBinding.thumbprint(MINE));

        assertThat(TokenBinding.MTLS.holds(token, over(new TransportSecurity.MutualTls(List.of(MINE)))))
                .isTrue();
        assertThat(TokenBinding.MTLS.holds(token, over(new TransportSecurity.MutualTls(List.of(OTHER, MINE)))))
                .isFalse();
        assertThat(TokenBinding.MTLS.holds(token, over(TransportSecurity.TLS))).isFalse();
    }

    @Test
    void a_token_that_names_no_certificate_is_bound_to_none() {
        var mutual = over(new TransportSecurity.MutualTls(List.of(MINE)));

        assertThat(TokenBinding.MTLS.holds(Claims.NONE, mutual)).isFalse();
        assertThat(TokenBinding.MTLS.holds(Claims.of(Map.of("cnf", new ClaimValue.Text("x"))), mutual))
                .isFalse();
        assertThat(TokenBinding.NONE.holds(Claims.NONE, over(TransportSecurity.PLAIN)))
                .isTrue();
    }

    @Test
    void behind_a_proxy_it_is_the_certificate_that_the_proxy_hands_on_and_nobody_else() {
        var proxies = new CertificateSource.Forwarded(
                ForwardedForm.CLIENT_CERT, List.of(Cidr.parse("192.0.2.0/24")), Set.of());
        var binding = new TokenBinding.Certificate(proxies);
        var token = naming(CertificateBinding.thumbprint(MINE));

        assertThat(binding.holds(token, from("192.0.2.7", MINE))).isTrue();
        assertThat(binding.holds(token, from("192.0.2.7", OTHER))).isFalse();
        assertThat(binding.holds(token, from("198.51.100.7", MINE))).isFalse();
        assertThat(binding.holds(token, from("192.0.2.7", MINE, MINE))).isFalse();
        assertThat(binding.holds(token, from("192.0.2.7"))).isFalse();
        assertThat(binding.holds(token, over(new TransportSecurity.MutualTls(List.of(MINE)))))
                .as("the certificate of the handshake is the proxy's")
                .isFalse();
    }

    private static Fetch from(String proxy, X509Certificate... certificates) {
        var fields = Stream.of(certificates)
                .map(certificate -> ":" + Base64.getEncoder().encodeToString(encoded(certificate)) + ":")
                .toList();
        return new Fetch(
                new RequestId("test"),
                Instant.EPOCH,
                Method.GET,
                RawTarget.parse("/"),
                fields.isEmpty() ? Headers.NONE : new Headers(Map.of("client-cert", fields)),
                new Peer(Cidr.literal(proxy), TransportSecurity.TLS),
                Content.of(Bytes.EMPTY));
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Claims naming(String thumbprint) {
        return Claims.of(Map.of("cnf", new ClaimValue.Members(Map.of("x5t#S256", new ClaimValue.Text(thumbprint)))));
    }

    private static Fetch over(TransportSecurity security) {
        return new Fetch(
                new RequestId("test"),
                Instant.EPOCH,
                Method.GET,
                RawTarget.parse("/"),
                Headers.NONE,
                new Peer(Cidr.literal("192.0.2.7"), security),
                Content.of(Bytes.EMPTY));
    }

    private static X509Certificate certificate(long serial) {
        try {
            var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            var name = new X500Name("CN=test");
            var end = Date.from(Instant.parse("2030-01-01T00:00:00Z"));
            var builder = new JcaX509v3CertificateBuilder(
                    name, BigInteger.valueOf(serial), Date.from(Instant.EPOCH), end, name, key.getPublic());
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("Ed25519").build(key.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
