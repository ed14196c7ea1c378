package dev.pushwire.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.http.HttpHeaders;

/**
 * Removes the {@code Content-Disposition} that Spring MVC sets: it would make a file {@code f.txt} of the answer about
 * a topic such as {@code news.sports}, whose dot begins no file extension. The header keeps browsers from saving a
 * script under a name in the path. The answers here are JSON, and say so.
 */
public final class PlainDisposition extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new WithoutDisposition(response));
    }

    private static final class WithoutDisposition extends HttpServletResponseWrapper {
        WithoutDisposition(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void addHeader(String name, String value) {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION)) {
                super.addHeader(name, value);
            }
        }

        @Override
        public void setHeader(String name, String value) {
            if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION)) {
                super.setHeader(name, value);
            }
        }
    }
}
