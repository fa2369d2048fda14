package io.triport.e2e.planted.rule12.hmac;

import io.triport.domain.request.Bytes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/** Planted: comparisons that end at the first difference, beside the one that does not. */
final class EarlyEnding {
    private EarlyEnding() {}

    static boolean allowed(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    static boolean texts(String one, String other) {
        return one.equals(other);
    }

    static boolean arrays(byte[] one, byte[] other) {
        return Arrays.equals(one, other);
    }

    static boolean objects(String one, String other) {
        return Objects.equals(one, other);
    }

    static boolean bytes(Bytes one, Bytes other) {
        return one.equals(other);
    }

    static boolean references(String mac, java.util.List<String> macs) {
        return macs.stream().anyMatch(mac::equals);
    }
}
