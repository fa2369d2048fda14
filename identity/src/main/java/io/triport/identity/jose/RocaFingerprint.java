package io.triport.identity.jose;

import java.math.BigInteger;
import java.util.BitSet;

/**
 * Moduli of a faulty generator, whose primes are powers of 65537 modulo many small primes (CVE-2017-15361; Nemec and others,
 * "The Return of Coppersmith's Attack", 2017, section 5). A sound modulus looks like one with a chance below 1 in 2^27.
 */
final class RocaFingerprint {
    private static final int GENERATOR = 65_537;
    private static final int[] PRIMES = {
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167
    };

    private RocaFingerprint() {}

    static boolean shownBy(BigInteger modulus) {
        for (var prime : PRIMES) {
            if (!powers(prime).get(modulus.mod(BigInteger.valueOf(prime)).intValue())) {
                return false;
            }
        }
        return true;
    }

    private static BitSet powers(int prime) {
        var powers = new BitSet(prime);
        for (var power = 1; !powers.get(power); power = power * (GENERATOR % prime) % prime) {
            powers.set(power);
        }
        return powers;
    }
}
