package io.triport.domain.object;

/** Ways to sum up bytes that a writer may ask for. CRCs are the bytes of their value, highest first. */
public enum ChecksumAlgorithm {
    MD5(16),
    SHA1(20),
    SHA256(32),
    SHA384(48),
    SHA512(64),
    CRC32(4),
    CRC32C(4),
    CRC64NVME(8);

    private final int bytes;

    ChecksumAlgorithm(int bytes) {
        this.bytes = bytes;
    }

    /** The length of a value in bytes. */
    public int bytes() {
        return bytes;
    }
}
