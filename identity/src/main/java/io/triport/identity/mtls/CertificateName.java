package io.triport.identity.mtls;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A name by which a certificate may be known. The common name is not one: nothing binds it to a kind of name. */
public sealed interface CertificateName {
    /** A subject alternative name that is a URI, compared as it stands. */
    record Uri(String text) implements CertificateName {}

    /** A subject alternative name that is a host name, in lower case; a wildcard names nobody. */
    record Dns(String text) implements CertificateName {
        public Dns {
            text = text.toLowerCase(Locale.ROOT);
            if (text.contains("*")) {
                throw new InvalidInput("dns", "a host name without a wildcard");
            }
        }
    }

    /** A subject alternative name that is an address of mail, compared as it stands. */
    record Email(String text) implements CertificateName {}

    /** The SHA-256 of the SubjectPublicKeyInfo. */
    record Key(Bytes sha256) implements CertificateName {
        public Key {
            if (sha256.size() != 32) {
                throw new InvalidInput("spki", "64 hexadecimal digits");
            }
        }
    }

    /** Every name of a certificate. @throws InvalidInput when its names cannot be read */
    static List<CertificateName> of(X509Certificate certificate) {
        try {
            var names = new ArrayList<CertificateName>();
            names.add(new Key(Certificates.keySha256(certificate)));
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (var alternative : alternatives) {
                    add(names, (Integer) alternative.get(0), alternative.get(1));
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new InvalidInput("certificate", "readable names");
        }
    }

    /** Other kinds of names are none that could be mapped. */
    private static void add(List<CertificateName> names, int kind, Object value) {
        if (!(value instanceof String text)) {
            return;
        }
        switch (kind) {
            case 1 -> names.add(new Email(text));
            case 2 -> {
                if (!text.contains("*")) {
                    names.add(new Dns(text));
                }
            }
            case 6 -> names.add(new Uri(text));
            default -> {}
        }
    }
}
