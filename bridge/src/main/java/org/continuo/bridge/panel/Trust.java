package org.continuo.bridge.panel;

import static io.netty.handler.codec.http.HttpResponseStatus.FORBIDDEN;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.continuo.bridge.net.Token;

/**
 * Whether a request comes from our own page. Any page that is open in a browser can send requests to this machine, and can
 * give itself a name that leads here (DNS rebinding): so the name it was called by, its origin, and where the browser says
 * that it comes from have to be right. Whatever changes something, or costs something, needs the key as well, which other
 * users of the machine do not have. Immutable, thread-safe.
 */
final class Trust {
    /** The header that holds the key. */
    static final String KEY = "Continuo-Key";

    private static final String SITE = "Sec-Fetch-Site";
    private static final Set<String> OUR_SITES = Set.of("same-origin", "none");
    private static final String PAGE = "/";
    private static final List<String> NAMES = List.of("127.0.0.1", "localhost", "[::1]");
    /** A browser says a port only where it is another. */
    private static final int UNSAID_PORT = 80;

    private final Set<String> hosts;
    private final Token key;
    private final PanelCounters counters;

    Trust(int port, Token key, PanelCounters counters) {
        this.hosts = new HashSet<>();
        for (String name : NAMES) {
            hosts.add(name + ":" + port);
            if (port == UNSAID_PORT) {
                hosts.add(name);
            }
        }
        this.key = key;
        this.counters = counters;
    }

    /** Refuses what comes from elsewhere. */
    void check(HttpRequest request) throws Refusal {
        HttpHeaders headers = request.headers();
        List<String> host = headers.getAll(HttpHeaderNames.HOST);
        if (host.size() != 1 || !hosts.contains(host.get(0))) {
            throw stranger("this is no page of " + (host.isEmpty() ? "a host without a name" : host.get(0))
                    + "; open the address that 'continuo serve' printed");
        }
        List<String> origin = headers.getAll(HttpHeaderNames.ORIGIN);
        if (!origin.isEmpty() && !origin.equals(List.of("http://" + host.get(0)))) {
            throw stranger("the origin " + origin.get(0) + " has no business here");
        }
        String site = headers.get(SITE);
        if (site != null && !OUR_SITES.contains(site) && !isVisit(request)) {
            throw stranger("requests of another site are not answered");
        }
    }

    /** Somebody follows a link to the page. */
    private static boolean isVisit(HttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.uri().equals(PAGE)
                && "navigate".equals(request.headers().get("Sec-Fetch-Mode"))
                && "document".equals(request.headers().get("Sec-Fetch-Dest"));
    }

    private Refusal stranger(String message) {
        counters.strangers.increment();
        return new Refusal(FORBIDDEN, message);
    }

    /** Refuses whoever does not have the key. */
    void checkKey(HttpRequest request) throws Refusal {
        List<String> given = request.headers().getAll(KEY);
        if (given.size() != 1 || !key.equalTo(given.get(0))) {
            counters.withoutKey.increment();
            throw new Refusal(
                    FORBIDDEN, "the key is not this engine's; open the address that 'continuo serve' printed");
        }
    }
}
