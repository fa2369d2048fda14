package io.triport.storage.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

final class CrcJoinPropertyTest {
    @Property(tries = 300)
    void the_check_of_the_whole_is_made_of_those_of_its_parts(
            @ForAll CrcAlgorithm crc, @ForAll @Size(max = 5) List<byte[]> parts) {
        var join = CrcJoin.of(crc.algorithm());
        var whole = RunningSum.of(crc.algorithm());
        for (var part : parts) {
            var bytes = Bytes.copyOf(part);
            whole.update(bytes.toByteBuffer());
            join.append(sum(crc.algorithm(), bytes), bytes.size());
        }

        assertThat(join.value()).isEqualTo(whole.value());
    }

    @Property(tries = 300)
    void a_sum_does_not_depend_on_the_pieces(
            @ForAll ChecksumAlgorithm algorithm, @ForAll byte[] one, @ForAll byte[] other) {
        var inPieces = RunningSum.of(algorithm);
        inPieces.update(Bytes.copyOf(one).toByteBuffer());
        inPieces.update(Bytes.copyOf(other).toByteBuffer());

        assertThat(inPieces.value()).isEqualTo(sum(algorithm, Bytes.copyOf(one).concat(Bytes.copyOf(other))));
    }

    private static Bytes sum(ChecksumAlgorithm algorithm, Bytes bytes) {
        var sum = RunningSum.of(algorithm);
        sum.update(bytes.toByteBuffer());
        return sum.value();
    }

    /** Those that can be joined. */
    enum CrcAlgorithm {
        CRC32(ChecksumAlgorithm.CRC32),
        CRC32C(ChecksumAlgorithm.CRC32C),
        CRC64NVME(ChecksumAlgorithm.CRC64NVME);

        private final ChecksumAlgorithm algorithm;

        CrcAlgorithm(ChecksumAlgorithm algorithm) {
            this.algorithm = algorithm;
        }

        ChecksumAlgorithm algorithm() {
            return algorithm;
        }
    }
}
