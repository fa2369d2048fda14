package io.triport.testkit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority that signs whatever a test asks for, also what no authority should. */
public record TestAuthority(KeyPair pair, X509Certificate certificate) {
    /** When the certificates are valid. */
    public static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final AtomicLong SERIALS = new AtomicLong(1);

    /** What is in a client's certificate. */
    public record Leaf(
            List<GeneralName> names,
            List<KeyPurposeId> purposes,
            Instant from,
            Instant until,
            String algorithm,
            int bits,
            String signature,
            boolean authority,
            int usage,
            boolean strange) {
        public static Leaf named(GeneralName... names) {
            return new Leaf(
                    List.of(names),
                    List.of(KeyPurposeId.id_kp_clientAuth),
                    NOW.minusSeconds(60),
                    NOW.plus(Duration.ofDays(1)),
                    "EC",
                    256,
                    "SHA256withECDSA",
                    false,
                    KeyUsage.digitalSignature,
                    false);
        }

        public static Leaf uri(String... uris) {
            return named(List.of(uris).stream()
                    .map(uri -> new GeneralName(GeneralName.uniformResourceIdentifier, uri))
                    .toArray(GeneralName[]::new));
        }

        public Leaf forPurposes(KeyPurposeId... others) {
            return new Leaf(names, List.of(others), from, until, algorithm, bits, signature, authority, usage, strange);
        }

        public Leaf valid(Instant since, Instant end) {
            return new Leaf(names, purposes, since, end, algorithm, bits, signature, authority, usage, strange);
        }

        public Leaf key(String other, int size) {
            return new Leaf(names, purposes, from, until, other, size, signature, authority, usage, strange);
        }

        public Leaf signedWith(String other) {
            return new Leaf(names, purposes, from, until, algorithm, bits, other, authority, usage, strange);
        }

        public Leaf asAuthority() {
            return new Leaf(
                    names,
                    purposes,
                    from,
                    until,
                    algorithm,
                    bits,
                    signature,
                    true,
                    KeyUsage.keyCertSign | usage,
                    strange);
        }

        public Leaf usedFor(int other) {
            return new Leaf(names, purposes, from, until, algorithm, bits, signature, authority, other, strange);
        }

        public Leaf withAnUnknownCriticalExtension() {
            return new Leaf(names, purposes, from, until, algorithm, bits, signature, authority, usage, true);
        }
    }

    public static TestAuthority root(String name) {
        var pair = pair("EC", 256);
        return new TestAuthority(pair, certificate(name, pair, name, pair, Optional.empty()));
    }

    /** An authority under this one. */
    public TestAuthority below(String name) {
        var own = pair("EC", 256);
        return new TestAuthority(own, certificate(name, own, name(), pair, Optional.empty()));
    }

    public X509Certificate issue(Leaf leaf) {
        return certificate("client", pair(leaf.algorithm(), leaf.bits()), name(), pair, Optional.of(leaf));
    }

    public X509CRL crl(Instant from, Instant until, X509Certificate... revoked) {
        return list(from, until, Optional.empty(), revoked);
    }

    /** @param partial an extension that makes it a list of less than all */
    public X509CRL partialCrl(Instant from, Instant until, ASN1ObjectIdentifier partial) {
        return list(from, until, Optional.of(partial));
    }

    private X509CRL list(
            Instant from, Instant until, Optional<ASN1ObjectIdentifier> partial, X509Certificate... revoked) {
        try {
            var builder = new JcaX509v2CRLBuilder(certificate.getSubjectX500Principal(), Date.from(from));
            builder.setNextUpdate(Date.from(until));
            for (var one : revoked) {
                builder.addCRLEntry(one.getSerialNumber(), Date.from(from), CRLReason.keyCompromise);
            }
            if (partial.isPresent()) {
                builder.addExtension(
                        partial.get(),
                        true,
                        new org.bouncycastle.asn1.x509.IssuingDistributionPoint(null, true, false));
            }
            var signed = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return (X509CRL) CertificateFactory.getInstance("X.509")
                    .generateCRL(new java.io.ByteArrayInputStream(signed.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private String name() {
        return certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
    }

    private static X509Certificate certificate(
            String name, KeyPair own, String issuer, KeyPair signer, Optional<Leaf> leaf) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer),
                    BigInteger.valueOf(SERIALS.getAndIncrement()),
                    Date.from(leaf.map(Leaf::from).orElse(NOW.minus(Duration.ofDays(30)))),
                    Date.from(leaf.map(Leaf::until).orElse(NOW.plus(Duration.ofDays(30)))),
                    new X500Name("CN=" + name),
                    own.getPublic());
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    new BasicConstraints(leaf.map(Leaf::authority).orElse(true)));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(leaf.map(Leaf::usage).orElse(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
            if (leaf.isPresent()) {
                describe(builder, leaf.get());
            }
            var signed = builder.build(
                    new JcaContentSignerBuilder(leaf.map(Leaf::signature).orElse("SHA256withECDSA"))
                            .build(signer.getPrivate()));
            return new JcaX509CertificateConverter().getCertificate(signed);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static void describe(JcaX509v3CertificateBuilder builder, Leaf leaf) throws CertIOException {
        if (!leaf.purposes().isEmpty()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    true,
                    new ExtendedKeyUsage(leaf.purposes().toArray(KeyPurposeId[]::new)));
        }
        if (!leaf.names().isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(leaf.names().toArray(GeneralName[]::new)));
        }
        if (leaf.strange()) {
            builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.55555.1"), true, DERNull.INSTANCE);
        }
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
