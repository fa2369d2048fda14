package io.triport.testkit;

import io.triport.domain.storage.NodeProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority for handshakes: certificates with their keys, as files and as contexts of TLS. */
public final class TlsAuthority {
    private static final char[] PASSWORD = "test".toCharArray();
    private static final Instant BEGIN = Instant.parse("2020-01-01T00:00:00Z");

    private final X500Principal name;
    private final KeyPair keys;
    private final X509Certificate certificate;
    private final List<X509Certificate> chain;

    public TlsAuthority() {
        this("CN=authority");
    }

    /** @param name such as {@code CN=authority} */
    public TlsAuthority(String name) {
        this.name = new X500Principal(name);
        this.keys = keys("EC");
        this.certificate = sign(this.name, keys, true, List.of());
        this.chain = List.of();
    }

    private TlsAuthority(String name, KeyPair keys, X509Certificate certificate, List<X509Certificate> above) {
        this.name = new X500Principal(name);
        this.keys = keys;
        this.certificate = certificate;
        this.chain = Stream.concat(Stream.of(certificate), above.stream()).toList();
    }

    /** An authority that this one vouches for. What it issues is shown together with its own certificate. */
    public TlsAuthority below(String other) {
        var own = keys("EC");
        return new TlsAuthority(other, own, sign(new X500Principal(other), own, true, List.of()), chain);
    }

    /** Itself, for the list of whoever vouches for it. */
    public Credential itself() {
        return new Credential(keys, certificate, List.of());
    }

    /** A key with its certificate. @param above what is shown beside it */
    public record Credential(KeyPair keys, X509Certificate certificate, List<X509Certificate> above) {
        /** The same without what leads to an authority. */
        public Credential alone() {
            return new Credential(keys, certificate, List.of());
        }

        private X509Certificate[] shown() {
            return Stream.concat(Stream.of(certificate), above.stream()).toArray(X509Certificate[]::new);
        }

        /** The certificate as a PEM file. */
        public Path certFile(Path file) {
            return pem(file, "CERTIFICATE", encoded(certificate));
        }

        /** The key as a PEM file that only its owner may read. */
        public Path keyFile(Path file) {
            return pem(file, "PRIVATE KEY", keys.getPrivate().getEncoded());
        }
    }

    /** For 127.0.0.1 and localhost, of a server or a client. */
    public Credential issue(String subject) {
        return issue(subject, "EC");
    }

    /** @param algorithm of the key, EC or RSA */
    public Credential issue(String subject, String algorithm) {
        return issue(subject, keys(algorithm), List.of(ip("127.0.0.1"), name("localhost")));
    }

    /** @param address for which the certificate is, and for no other */
    public Credential issueFor(String subject, String address) {
        return issue(subject, keys("EC"), List.of(ip(address)));
    }

    /** Of a client, and of nothing else. */
    public Credential client(String subject) {
        return issue(subject, keys("EC"), List.of());
    }

    /** The authority's certificate as a PEM file. */
    public Path file(Path file) {
        return pem(file, "CERTIFICATE", encoded(certificate));
    }

    /** A list of what was taken back, as a PEM file. @param until when the next one is due */
    public Path crl(Path file, Instant until, Credential... revoked) {
        return pem(file, "X509 CRL", crl(until, revoked));
    }

    /** The same in DER. */
    public byte[] crl(Instant until, Credential... revoked) {
        try {
            var builder = new JcaX509v2CRLBuilder(name, Date.from(BEGIN)).setNextUpdate(Date.from(until));
            for (var one : revoked) {
                builder.addCRLEntry(one.certificate().getSerialNumber(), Date.from(BEGIN), CRLReason.keyCompromise);
            }
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A node that believes this authority and shows this credential. */
    public NodeProof proof(Credential shown) {
        return new NodeProof(shown.keys().getPrivate(), List.of(shown.shown()), List.of(certificate));
    }

    /** A server, or a client, that believes this authority and shows this credential, if any. */
    public SSLContext context(Credential... shown) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            for (var credential : shown) {
                own.setKeyEntry("own", credential.keys.getPrivate(), PASSWORD, credential.shown());
            }
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(own, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private Credential issue(String subject, KeyPair own, List<GeneralName> names) {
        return new Credential(own, sign(new X500Principal(subject), own, false, names), chain);
    }

    /** @param names of a server; none for a client's */
    private X509Certificate sign(X500Principal subject, KeyPair own, boolean authority, List<GeneralName> names) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, new java.security.SecureRandom()),
                    Date.from(BEGIN),
                    Date.from(BEGIN.plus(36_500, ChronoUnit.DAYS)),
                    subject,
                    own.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!names.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
            } else if (!authority) {
                builder.addExtension(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private static GeneralName ip(String address) {
        return new GeneralName(GeneralName.iPAddress, address);
    }

    private static GeneralName name(String host) {
        return new GeneralName(GeneralName.dNSName, host);
    }

    private static KeyPair keys(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Path pem(Path file, String type, byte[] der) {
        try {
            var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
