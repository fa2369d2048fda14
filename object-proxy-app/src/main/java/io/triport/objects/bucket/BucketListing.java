package io.triport.objects.bucket;

import io.triport.domain.request.Bytes;
import java.util.Optional;

/**
 * How listings of objects show the keys of a bucket.
 *
 * @param strip taken away from the beginning of keys that have it
 * @param add put before what remains, of every key
 */
public record BucketListing(String strip, String add, Extent extent) {
    /** Every key, as it is, to those who may list it. */
    public static final BucketListing PLAIN = new BucketListing("", "", Extent.WHOLE);

    /** What becomes of a listing that asks for more than its caller may see. */
    public enum Extent {
        /** It is refused. */
        WHOLE,
        /** It shows what the caller may see. */
        PERMITTED
    }

    /** A key, or a common prefix of keys, as it is shown; empty for a key that nothing remains of, which is left out. */
    public String shown(String key) {
        return key.startsWith(strip) ? add + key.substring(strip.length()) : add + key;
    }

    /** The prefix that was asked for: what all keys below it are shown with. */
    public String shownPrefix(String prefix) {
        return strip.startsWith(prefix) ? add : shown(prefix);
    }

    /**
     * The key behind which a listing goes on that was shown up to a text: empty where all of it lies before. Where some keys have
     * not what is stripped, it is taken for one that has.
     */
    public Optional<Bytes> behind(String shown) {
        if (shown.startsWith(add)) {
            return Optional.of(Bytes.utf8(strip + shown.substring(add.length())));
        }
        return Bytes.utf8(shown).compareTo(Bytes.utf8(add)) < 0 ? Optional.of(Bytes.EMPTY) : Optional.empty();
    }
}
