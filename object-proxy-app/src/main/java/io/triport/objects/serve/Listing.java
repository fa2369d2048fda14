package io.triport.objects.serve;

import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.Cursor;
import io.triport.domain.storage.CursorScope;
import io.triport.domain.storage.CursorSeal;
import io.triport.domain.storage.StorageFailure;
import io.triport.domain.storage.StoragePort;
import io.triport.identity.stream.StreamReply;
import io.triport.objects.wire.ChecksumFields;
import io.triport.objects.wire.Percent;
import io.triport.objects.wire.S3Error;
import io.triport.objects.wire.S3Operation;
import io.triport.objects.wire.S3Parser;
import io.triport.objects.wire.S3Query;
import io.triport.objects.wire.Times;
import io.triport.objects.wire.XmlWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Listings of objects and their versions. */
final class Listing {
    private final CursorSeal seal;

    Listing(CursorSeal seal) {
        this.seal = seal;
    }

    /** @param next where more follow; null where not */
    private record Page(List<Listed> entries, @Nullable String next) {}

    /** What a listing was asked for. */
    private record Asked(S3Query query, String prefix, String delimiter, int most, UnaryOperator<String> encoded) {
        static Asked of(S3Query query) {
            var encoding = query.get("encoding-type");
            if (encoding.isPresent() && !encoding.get().equals("url")) {
                throw S3Query.argument("encoding-type", encoding.get(), "Invalid Encoding Method specified in Request");
            }
            return new Asked(
                    query,
                    query.text("prefix"),
                    query.text("delimiter"),
                    query.number("max-keys", ObjectLimits.LIST_LIMIT, ObjectLimits.LIST_LIMIT),
                    encoding.isPresent() ? Percent::encode : text -> text);
        }

        XmlWriter begin(String root, String bucket) {
            var xml = XmlWriter.of(root).element("Name", bucket).element("Prefix", encoded.apply(prefix));
            if (!delimiter.isEmpty()) {
                xml.element("Delimiter", encoded.apply(delimiter));
            }
            xml.element("MaxKeys", most);
            query.get("encoding-type").ifPresent(type -> xml.element("EncodingType", type));
            return xml;
        }
    }

    StreamReply first(S3Call call, S3Operation.ListObjects operation) {
        var asked = Asked.of(operation.query());
        var marker = operation.query().text("marker");
        ListStart start = marker.isEmpty() ? new ListStart.Beginning() : new ListStart.After(Bytes.utf8(marker), null);
        var page = page(call, asked, start, ObjectQuery.Versions.CURRENT);
        var xml = asked.begin("ListBucketResult", call.bucketText());
        xml.element("Marker", asked.encoded().apply(marker))
                .element("IsTruncated", Boolean.toString(page.next() != null));
        if (page.next() != null && !asked.delimiter().isEmpty()) {
            xml.element(
                    "NextMarker", asked.encoded().apply(last(page).sortedBy().toUtf8()));
        }
        contents(xml, asked, page, Owners.SHOWN);
        return Replies.xml(xml);
    }

    StreamReply second(S3Call call, S3Operation.ListObjectsV2 operation) {
        var query = operation.query();
        var asked = Asked.of(query);
        var scope = scope(call, asked);
        var page = page(call, asked, start(query, scope), ObjectQuery.Versions.CURRENT);
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
        var asked = Asked.of(query);
        var key = query.text("key-marker");
        var version = query.text("version-id-marker");
        if (key.isEmpty() && !version.isEmpty()) {
            throw S3Query.argument(
                    "version-id-marker", version, "A version-id marker cannot be specified without a key marker.");
        }
        ListStart start = key.isEmpty()
                ? new ListStart.Beginning()
                : new ListStart.After(Bytes.utf8(key), version.isEmpty() ? null : S3Parser.version(version));
        var page = page(call, asked, start, ObjectQuery.Versions.ALL);
        var xml = asked.begin("ListVersionsResult", call.bucketText());
        xml.element("KeyMarker", asked.encoded().apply(key))
                .element("VersionIdMarker", version)
                .element("IsTruncated", Boolean.toString(page.next() != null));
        if (page.next() != null) {
            var last = last(page);
            xml.element("NextKeyMarker", asked.encoded().apply(last.sortedBy().toUtf8()));
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

    private Page page(S3Call call, Asked asked, ListStart from, ObjectQuery.Versions versions) {
        var store = call.store();
        if (asked.most() == 0) {
            return new Page(List.of(), null);
        }
        var start = from;
        while (true) {
            var query = new ObjectQuery(
                    Bytes.utf8(asked.prefix()), Bytes.utf8(asked.delimiter()), start, asked.most(), versions);
            switch (store.list(query)) {
                case ObjectPage.Last(var entries) -> {
                    return new Page(entries, null);
                }
                case ObjectPage.More(var entries, var next) -> {
                    // A page of which the caller may see nothing has no key to go on behind.
                    if (!entries.isEmpty()) {
                        return new Page(entries, next);
                    }
                    start = new ListStart.Resumed(next);
                }
            }
        }
    }

    private ListStart start(S3Query query, CursorScope scope) {
        var token = query.get("continuation-token");
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
        var after = query.text("start-after");
        return after.isEmpty() ? new ListStart.Beginning() : new ListStart.After(Bytes.utf8(after), null);
    }

    /** A token is good for the listing that it was made for. The length keeps prefix and delimiter apart. */
    private static CursorScope scope(S3Call call, Asked asked) {
        var arguments = asked.prefix().length() + ":" + asked.prefix() + asked.delimiter();
        return new CursorScope(StoragePort.OBJECT, call.bucketText(), Bytes.utf8(arguments));
    }

    private static Listed last(Page page) {
        return page.entries().getLast();
    }

    /** Whether entries say whose they are. */
    private enum Owners {
        SHOWN,
        LEFT_OUT
    }

    private static void contents(XmlWriter xml, Asked asked, Page page, Owners owners) {
        for (var entry : page.entries()) {
            switch (entry) {
                case Listed.Item(var info, var latest) -> {
                    xml.begin("Contents")
                            .element("Key", asked.encoded().apply(info.key().text()));
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
                .element("Prefix", asked.encoded().apply(common.prefix().toUtf8()))
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
                        .element("Key", asked.encoded().apply(info.key().text()))
                        .element("VersionId", info.version().text())
                        .element("IsLatest", Boolean.toString(latest));
                described(xml, info, Owners.SHOWN);
                xml.end();
            }
            case Listed.DeleteMarker(var key, var version, var modified, var latest) -> {
                xml.begin("DeleteMarker")
                        .element("Key", asked.encoded().apply(key.text()))
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
