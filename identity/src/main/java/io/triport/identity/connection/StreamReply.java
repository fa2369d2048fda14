package io.triport.identity.connection;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.HttpConversionUtil;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;

/** Makes the frames of a stream of the parts of a reply. What belongs to a connection of HTTP/1.1 is left out. */
final class StreamReply {
    private StreamReply() {}

    /** At least one, which take over what the part held. The last ends the stream if the part ends the reply. */
    static List<Http2StreamFrame> frames(HttpObject part) {
        var frames = new ArrayList<Http2StreamFrame>(2);
        if (part instanceof HttpResponse response) {
            var informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            var ends = !informational && part instanceof LastHttpContent last && empty(last);
            frames.add(new DefaultHttp2HeadersFrame(HttpConversionUtil.toHttp2Headers(response, false), ends));
            if (informational || ends) {
                ReferenceCountUtil.release(part);
                return frames;
            }
        }
        if (part instanceof LastHttpContent last) {
            addLast(frames, last);
        } else if (part instanceof HttpContent content) {
            frames.add(new DefaultHttp2DataFrame(content.content()));
        }
        return frames;
    }

    private static void addLast(List<Http2StreamFrame> frames, LastHttpContent last) {
        var trailers = last.trailingHeaders();
        if (trailers.isEmpty() || last.content().isReadable()) {
            frames.add(new DefaultHttp2DataFrame(last.content(), trailers.isEmpty()));
        } else {
            last.release();
        }
        if (!trailers.isEmpty()) {
            frames.add(new DefaultHttp2HeadersFrame(fields(trailers), true));
        }
    }

    private static DefaultHttp2Headers fields(HttpHeaders trailers) {
        var fields = new DefaultHttp2Headers(false);
        HttpConversionUtil.toHttp2Headers(trailers, fields);
        return fields;
    }

    private static boolean empty(LastHttpContent last) {
        return !last.content().isReadable() && last.trailingHeaders().isEmpty();
    }
}
