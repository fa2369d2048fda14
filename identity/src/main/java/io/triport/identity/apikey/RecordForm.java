package io.triport.identity.apikey;

import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A record as bytes, before it is sealed. Written by this class alone, so that what opens is also of its form. */
final class RecordForm {
    private static final int VERSION = 1;
    private static final int MAC_BYTES = 32;

    private RecordForm() {}

    static Bytes write(ApiKeyRecord key) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(key.owner().text());
            writeTexts(out, key.scopes().stream().map(Scope::text).sorted().toList());
            writeTexts(
                    out,
                    key.cidrs().stream()
                            .map(Cidr::toString)
                            .sorted(Comparator.naturalOrder())
                            .toList());
            writeMoment(out, key.createdAt());
            writeMoment(out, key.expiresAt());
            writeMoment(out, key.disabledAt());
            out.writeByte(key.hashes().size());
            for (var hash : key.hashes()) {
                out.writeUTF(hash.pepper());
                out.write(hash.mac().toByteArray());
                writeMoment(out, hash.issuedAt());
                writeMoment(out, hash.validUntil());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(bytes.toByteArray());
    }

    static ApiKeyRecord read(ApiKeyId id, Bytes bytes) {
        try (var in = new DataInputStream(bytes.toInputStream())) {
            var version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("form of an API key: " + version + " (expected: " + VERSION + ")");
            }
            return new ApiKeyRecord(
                    id,
                    new Subject(in.readUTF()),
                    readScopes(in),
                    readTexts(in).stream().map(Cidr::parse).toList(),
                    readMoment(in),
                    readMoment(in),
                    readMoment(in),
                    readHashes(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<Scope> readScopes(DataInputStream in) throws IOException {
        var scopes = new HashSet<Scope>();
        for (var text : readTexts(in)) {
            scopes.add(new Scope(text));
        }
        return scopes;
    }

    private static List<KeyHash> readHashes(DataInputStream in) throws IOException {
        var hashes = new ArrayList<KeyHash>();
        for (var left = in.readUnsignedByte(); left > 0; left--) {
            hashes.add(
                    new KeyHash(in.readUTF(), Bytes.copyOf(in.readNBytes(MAC_BYTES)), readMoment(in), readMoment(in)));
        }
        return hashes;
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeShort(texts.size());
        for (var text : texts) {
            out.writeUTF(text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (var left = in.readUnsignedShort(); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    /** To the second: no decision about a key is finer. */
    private static void writeMoment(DataOutputStream out, Instant moment) throws IOException {
        out.writeLong(moment.getEpochSecond());
    }

    private static Instant readMoment(DataInputStream in) throws IOException {
        var seconds = in.readLong();
        return seconds == Instant.MAX.getEpochSecond() ? Instant.MAX : Instant.ofEpochSecond(seconds);
    }
}
