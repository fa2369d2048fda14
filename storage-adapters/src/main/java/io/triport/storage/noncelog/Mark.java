package io.triport.storage.noncelog;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A spent mark as it is kept: 128 bits of a digest over its owner and what identifies it among the owner's. */
record Mark(long high, long low) {
    static Mark of(CredentialId owner, Bytes digest) {
        var name = owner.text().getBytes(StandardCharsets.UTF_8);
        var sha256 = Sha256.begun();
        // The length keeps an owner from reaching another's marks by a name that ends where a digest begins.
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
        sha256.update(name);
        sha256.update(digest.toByteBuffer());
        var bytes = ByteBuffer.wrap(sha256.digest());
        return new Mark(bytes.getLong(), bytes.getLong());
    }
}
