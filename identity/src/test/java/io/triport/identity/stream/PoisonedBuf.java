package io.triport.identity.stream;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.triport.domain.request.Bytes;
import java.util.Arrays;

/** Memory that is overwritten as soon as it is let go, as a pool's is sooner or later. */
final class PoisonedBuf extends UnpooledHeapByteBuf {
    PoisonedBuf(Bytes bytes) {
        super(UnpooledByteBufAllocator.DEFAULT, bytes.size(), bytes.size());
        writeBytes(bytes.toByteBuffer());
    }

    @Override
    protected void freeArray(byte[] array) {
        Arrays.fill(array, (byte) '!');
        super.freeArray(array);
    }
}
