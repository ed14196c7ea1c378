package dev.pushwire.tomcat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Cleans the list of addresses that proxies have made (X-Forwarded-For) before Tomcat reads it. Tomcat takes the
 * elements as they are: it does not recognise a proxy whose address comes with a port, and looks up a name in DNS. This
 * valve keeps the end of the list, as far as there are addresses. Nothing is known of the elements before them.
 */
public final class ForwardedAddresses extends ValveBase {
    private final String header;

    private ForwardedAddresses(String header) {
        super(true);
        this.header = header;
    }

    /**
     * The same valves, with a valve of this class before Tomcat's own valve for forwarded headers, if that is there.
     */
    public static List<Valve> before(Collection<? extends Valve> valves) {
        List<Valve> all = new ArrayList<>();
        for (Valve valve : valves) {
            if (valve instanceof RemoteIpValve tomcats) {
                all.add(new ForwardedAddresses(tomcats.getRemoteIpHeader()));
            }
            all.add(valve);
        }
        return all;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        List<String> lines = Collections.list(request.getHeaders(header));
        if (!lines.isEmpty()) {
            replace(request.getCoyoteRequest().getMimeHeaders(), tidied(lines));
        }
        getNext().invoke(request, response);
    }

    private void replace(MimeHeaders headers, @Nullable String value) {
        headers.removeHeader(header);
        if (value != null) {
            headers.setValue(header).setString(value);
        }
    }

    private static @Nullable String tidied(List<String> lines) {
        List<String> elements = List.of(String.join(",", lines).split(","));
        Deque<String> addresses = new ArrayDeque<>();
        for (String element : elements.reversed()) {
            String address = ClientAddress.read(element);
            if (address != null) {
                addresses.addFirst(address);
            } else if (!element.isBlank()) {
                break;
            }
        }
        return addresses.isEmpty() ? null : String.join(", ", addresses);
    }
}
