package io.triport.domain.durable;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Sha256;
import io.triport.domain.time.Randomness;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the ids of one class, and knows its own again (storage contract, section 6.1): the same as those of the open runtime, so
 * that ids move both ways. Safe for many threads.
 */
public final class ObjectIds {
    private static final int HALF = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{64}");

    private final SecretKeySpec key;

    public ObjectIds(ObjectClass type) {
        this.key = new SecretKeySpec(Sha256.of(type.text()), "HmacSHA256");
    }

    public ObjectId named(ObjectName name) {
        return new ObjectId(whole(half(name.bytes())), name);
    }

    public ObjectId fresh(Randomness randomness) {
        return new ObjectId(whole(Bytes.copyOf(randomness.bytes(HALF))), null);
    }

    /** @throws InvalidInput for what is no id of this class */
    public ObjectId parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw foreign();
        }
        return require(parsed(text));
    }

    /** The id of stored bytes. @throws InvalidInput for what is no id of this class */
    public ObjectId require(Bytes bytes) {
        if (bytes.size() != 2 * HALF
                || !MessageDigest.isEqual(whole(bytes.slice(0, HALF)).toByteArray(), bytes.toByteArray())) {
            throw foreign();
        }
        return new ObjectId(bytes, null);
    }

    private static Bytes parsed(String text) {
        try {
            return Bytes.parseHex(text);
        } catch (InvalidInput e) {
            throw foreign();
        }
    }

    private Bytes whole(Bytes half) {
        return half.concat(half(half));
    }

    private Bytes half(Bytes text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Bytes.copyOf(mac.doFinal(text.toByteArray())).slice(0, HALF);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static InvalidInput foreign() {
        return new InvalidInput("id", "not valid for this namespace");
    }
}
