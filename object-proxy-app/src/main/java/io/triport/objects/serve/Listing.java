package io.triport.objects.serve;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.request.Bytes;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.Percent;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Parser;
import io.triport.objects.wire.S3Query;
import io.triport.objects.wire.Times;
import io.triport.objects.wire.XmlWriter;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Listings of objects and their versions. */
final class Listing {
    private final CursorSeal seal;

    Listing(CursorSeal seal) {
        this.seal = seal;
    }

    /** What a listing was asked for. */
    private record Asked(
            VisibleKeys keys, S3Query query, String prefix, String delimiter, int most, UnaryOperator<String> encoded) {
        static Asked of(S3Call call, S3Query query) {
            var encoding = query.get("encoding-type");
            if (encoding.isPresent() && !encoding.get().equals("url")) {
                throw S3Query.argument("encoding-type", encoding.get(), "Invalid Encoding Method specified in Request");
            }
            return new Asked(
                    new VisibleKeys(call),
                    query,
                    query.text("prefix"),
                    query.text("delimiter"),
                    query.number("max-keys", ObjectLimits.LIST_LIMIT, ObjectLimits.LIST_LIMIT),
                    encoding.isPresent() ? Percent::encode : text -> text);
        }

        XmlWriter begin(String root, String bucket) {
            var xml = XmlWriter.of(root)
                    .element("Name", bucket)
                    .element("Prefix", encoded.apply(keys.shape().shownPrefix(prefix)));
            if (!delimiter.isEmpty()) {
                xml.element("Delimiter", encoded.apply(delimiter));
            }
            xml.element("MaxKeys", most);
            query.get("encoding-type").ifPresent(type -> xml.element("EncodingType", type));
            return xml;
        }

        /** @param start null for nothing at all */
        VisibleKeys.Page page(@Nullable ListStart start, ObjectQuery.Versions versions) {
            var asked =
                    new ObjectQuery(Bytes.utf8(prefix), Bytes.utf8(delimiter), new ListStart.Beginning(), 1, versions);
            return keys.page(asked, start, most);
        }

        String shown(Bytes key) {
            return encoded.apply(keys.shape().shown(key.toUtf8()));
        }
    }

    StreamReply first(S3Call call, S3Operation.ListObjects operation) {
        var asked = Asked.of(call, operation.query());
        var marker = operation.query().text("marker");
        var page = asked.page(asked.keys().after(marker, null), ObjectQuery.Versions.CURRENT);
        var xml = asked.begin("ListBucketResult", call.bucketText());
        xml.element("Marker", asked.encoded().apply(marker))
                .element("IsTruncated", Boolean.toString(page.next() != null));
        if (page.next() != null && !asked.delimiter().isEmpty()) {
            xml.element("NextMarker", asked.shown(page.last().sortedBy()));
        }
        contents(xml, asked, page, Owners.SHOWN);
        return Replies.xml(xml);
    }

    StreamReply second(S3Call call, S3Operation.ListObjectsV2 operation) {
        var query = operation.query();
        var asked = Asked.of(call, query);
        var scope = scope(call, asked);
        var page = asked.page(start(asked, scope), ObjectQuery.Versions.CURRENT);
        var xml = asked.begin("ListBucketResult", call.bucketText());
        xml.element("KeyCount", page.entries().size()).element("IsTruncated", Boolean.toString(page.next() != null));
        query.get("continuation-token").ifPresent(token -> xml.element("ContinuationToken", token));
        query.get("start-after")
                .ifPresent(key -> xml.element("StartAfter", asked.encoded().apply(key)));
        if (page.next() != null) {
            xml.element(
                    "NextContinuationToken",
                    seal.seal(scope, Bytes.utf8(page.next())).text());
        }
        contents(xml, asked, page, query.text("fetch-owner").equals("true") ? Owners.SHOWN : Owners.LEFT_OUT);
        return Replies.xml(xml);
    }

    StreamReply versions(S3Call call, S3Operation.ListObjectVersions operation) {
        var query = operation.query();
        var asked = Asked.of(call, query);
        var key = query.text("key-marker");
        var version = query.text("version-id-marker");
        if (key.isEmpty() && !version.isEmpty()) {
            throw S3Query.argument(
                    "version-id-marker", version, "A version-id marker cannot be specified without a key marker.");
        }
        var start = asked.keys().after(key, version.isEmpty() ? null : S3Parser.version(version));
        var page = asked.page(start, ObjectQuery.Versions.ALL);
        var xml = asked.begin("ListVersionsResult", call.bucketText());
        xml.element("KeyMarker", asked.encoded().apply(key))
                .element("VersionIdMarker", version)
                .element("IsTruncated", Boolean.toString(page.next() != null));
        if (page.next() != null) {
            var last = page.last();
            xml.element("NextKeyMarker", asked.shown(last.sortedBy()));
            switch (last) {
                case Listed.Item item ->
                    xml.element("NextVersionIdMarker", item.info().version().text());
                case Listed.DeleteMarker marker ->
                    xml.element("NextVersionIdMarker", marker.version().text());
                case Listed.CommonPrefix common -> {
                    // a prefix has no versions
                }
            }
        }
        page.entries().forEach(entry -> version(xml, asked, entry));
        return Replies.xml(xml);
    }

    private @Nullable ListStart start(Asked asked, CursorScope scope) {
        var token = asked.query().get("continuation-token");
        if (token.isPresent()) {
            try {
                return new ListStart.Resumed(
                        seal.open(scope, new Cursor(token.get())).toUtf8());
            } catch (StorageFailure.Rejected | io.triport.domain.request.InvalidInput e) {
                throw S3Error.INVALID_ARGUMENT
                        .refused("The continuation token provided is incorrect")
                        .with("ArgumentName", "continuation-token");
            }
        }
        return asked.keys().after(asked.query().text("start-after"), null);
    }

    /** A token is good for the listing that it was made for. The length keeps prefix and delimiter apart. */
    private static CursorScope scope(S3Call call, Asked asked) {
        var arguments = asked.prefix().length() + ":" + asked.prefix() + asked.delimiter();
        return new CursorScope(StoragePort.OBJECT, call.bucketText(), Bytes.utf8(arguments));
    }

    /** Whether entries say whose they are. */
    private enum Owners {
        SHOWN,
        LEFT_OUT
    }

    private static void contents(XmlWriter xml, Asked asked, VisibleKeys.Page page, Owners owners) {
        for (var entry : page.entries()) {
            switch (entry) {
                case Listed.Item(var info, var latest) -> {
                    xml.begin("Contents").element("Key", asked.shown(info.key().bytes()));
                    described(xml, info, owners);
                    xml.end();
                }
                case Listed.CommonPrefix common -> common(xml, asked, common);
                case Listed.DeleteMarker marker ->
                    throw new IllegalStateException("a delete marker in a listing of current objects");
            }
        }
    }

    private static void common(XmlWriter xml, Asked asked, Listed.CommonPrefix common) {
        xml.begin("CommonPrefixes")
                .element("Prefix", asked.shown(common.prefix()))
                .end();
    }

    private static void described(XmlWriter xml, ObjectInfo info, Owners owners) {
        xml.element("LastModified", Times.document(info.modified())).element("ETag", Replies.quoted(info.etag()));
        var checksum = info.checksum();
        if (checksum != null && !ChecksumFields.name(checksum.algorithm()).isEmpty()) {
            xml.element("ChecksumAlgorithm", ChecksumFields.name(checksum.algorithm()))
                    .element("ChecksumType", checksum.scope().name());
        }
        xml.element("Size", info.size());
        if (owners == Owners.SHOWN) {
            Replies.owner(xml, "Owner");
        }
        xml.element("StorageClass", info.storageClass().text());
    }

    private static void version(XmlWriter xml, Asked asked, Listed entry) {
        switch (entry) {
            case Listed.Item(var info, var latest) -> {
                xml.begin("Version")
                        .element("Key", asked.shown(info.key().bytes()))
                        .element("VersionId", info.version().text())
                        .element("IsLatest", Boolean.toString(latest));
                described(xml, info, Owners.SHOWN);
                xml.end();
            }
            case Listed.DeleteMarker(var key, var version, var modified, var latest) -> {
                xml.begin("DeleteMarker")
                        .element("Key", asked.shown(key.bytes()))
                        .element("VersionId", version.text())
                        .element("IsLatest", Boolean.toString(latest))
                        .element("LastModified", Times.document(modified));
                Replies.owner(xml, "Owner");
                xml.end();
            }
            case Listed.CommonPrefix common -> common(xml, asked, common);
        }
    }
}
