package io.triport.identity.mtls;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** How certificates are read, and what they are called by. */
public final class Certificates {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    private Certificates() {}

    /** @throws InvalidInput when it is not one certificate in DER and nothing else */
    public static X509Certificate parse(byte[] der) {
        try {
            var input = new ByteArrayInputStream(der);
            var certificate = (X509Certificate) factory().generateCertificate(input);
            // The JDK reads PEM too, and ignores what stands behind.
            if (!Arrays.equals(certificate.getEncoded(), der)) {
                throw refusal();
            }
            return certificate;
        } catch (GeneralSecurityException e) {
            throw refusal();
        }
    }

    /** One or more certificates in PEM (RFC 7468 section 5). @throws InvalidInput for anything else between or in them */
    public static List<X509Certificate> parsePem(String text) {
        var certificates = new ArrayList<X509Certificate>();
        var at = 0;
        while (at < text.length()) {
            var begin = text.indexOf(BEGIN, at);
            if (begin < 0) {
                break;
            }
            var end = text.indexOf(END, begin);
            if (end < 0 || !text.substring(at, begin).isBlank()) {
                throw refusal();
            }
            certificates.add(parse(base64(text.substring(begin + BEGIN.length(), end))));
            at = end + END.length();
        }
        if (certificates.isEmpty() || !text.substring(at).isBlank()) {
            throw refusal();
        }
        return List.copyOf(certificates);
    }

    /** Certificates in PEM, with text between them, as bundles of authorities come. @throws InvalidInput when there is none */
    public static List<X509Certificate> parseBundle(Bytes bytes) {
        var certificates = new ArrayList<X509Certificate>();
        var text = bytes.toUtf8();
        for (var begin = text.indexOf(BEGIN); begin >= 0; begin = text.indexOf(BEGIN, begin + 1)) {
            var end = text.indexOf(END, begin);
            if (end < 0) {
                throw refusal();
            }
            certificates.add(parse(base64(text.substring(begin + BEGIN.length(), end))));
        }
        if (certificates.isEmpty()) {
            throw refusal();
        }
        return List.copyOf(certificates);
    }

    static Bytes sha256(X509Certificate certificate) {
        try {
            return Bytes.copyOf(Sha256.of(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded can be encoded", e);
        }
    }

    /** Of the public key in its SubjectPublicKeyInfo, which stays when a certificate is renewed with the same key. */
    static Bytes keySha256(X509Certificate certificate) {
        return Bytes.copyOf(Sha256.of(certificate.getPublicKey().getEncoded()));
    }

    private static byte[] base64(String text) {
        try {
            var lines = text.replaceAll("[ \t\r\n]", "").getBytes(StandardCharsets.US_ASCII);
            return Base64.getDecoder().decode(lines);
        } catch (IllegalArgumentException e) {
            throw refusal();
        }
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }

    private static InvalidInput refusal() {
        return new InvalidInput("certificate", "X.509 in DER or PEM");
    }
}
