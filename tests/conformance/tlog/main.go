// Command tlog-judge reads one of our logs over HTTP with other people's code and exits 1 unless all of it is accepted:
// golang.org/x/mod/sumdb (note, tlog) and Tessera's fsck.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	prefix := flag.String("url", "", "prefix of the log, with a trailing slash")
	vkey := flag.String("vkey", "", "public key of the log")
	proofs := flag.String("proofs", "", "directory of <index>.tlog-proof with <index>.entry beside each")
	older := flag.String("older", "", "file of an older signed checkpoint")
	flag.Parse()
	if err := judge(*prefix, *vkey, *proofs, *older); err != nil {
		// Tessera quotes whole tiles.
		fmt.Fprintf(os.Stderr, "refused: %.100s\n", err)
		os.Exit(1)
	}
}

func judge(prefix, vkey, proofs, older string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	if err := tesseraFsck(prefix, verifier); err != nil {
		return fmt.Errorf("tessera fsck: %w", err)
	}
	signed, err := get(prefix + "checkpoint")
	if err != nil {
		return err
	}
	head, err := openCheckpoint(signed, verifier)
	if err != nil {
		return err
	}
	reader := tlog.TileHashReader(head, &tileReader{prefix})
	if err := checkConsistency(older, verifier, head, reader); err != nil {
		return fmt.Errorf("consistency: %w", err)
	}
	count, err := checkProofs(proofs, verifier, head, reader)
	if err != nil {
		return fmt.Errorf("proofs: %w", err)
	}
	if err := checkMissing(prefix, head); err != nil {
		return fmt.Errorf("missing resources: %w", err)
	}
	fmt.Printf("accepted: %s at size %d by Tessera fsck; %d proofs, one consistency proof by x/mod/sumdb\n",
		verifier.Name(), head.N, count)
	return nil
}

// tesseraFsck re-derives every tile from the bundles and compares it with what is served.
func tesseraFsck(prefix string, verifier note.Verifier) error {
	root, err := url.Parse(prefix)
	if err != nil {
		return err
	}
	source, err := client.NewHTTPFetcher(root, nil)
	if err != nil {
		return err
	}
	hashBundle := func(bundle []byte) ([][]byte, error) {
		parsed := &api.EntryBundle{}
		if err := parsed.UnmarshalText(bundle); err != nil {
			return nil, err
		}
		hashes := make([][]byte, 0, len(parsed.Entries))
		for _, entry := range parsed.Entries {
			hash := tlog.RecordHash(entry)
			hashes = append(hashes, hash[:])
		}
		return hashes, nil
	}
	return fsck.New(verifier.Name(), verifier, source, hashBundle, fsck.Opts{N: 4}).Check(context.Background())
}

func get(address string) ([]byte, error) {
	response, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, response.Status)
	}
	return io.ReadAll(response.Body)
}

func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("checkpoint %q", opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tileReader reads tlog-tiles for x/mod, whose own paths carry the height of the tiles.
type tileReader struct{ prefix string }

func (r *tileReader) Height() int                         { return 8 }
func (r *tileReader) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (r *tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, err := get(r.prefix + strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		found[i] = bytes
	}
	return found, nil
}

func checkConsistency(older string, verifier note.Verifier, head tlog.Tree, reader tlog.HashReader) error {
	signed, err := os.ReadFile(older)
	if err != nil {
		return err
	}
	from, err := openCheckpoint(signed, verifier)
	if err != nil {
		return err
	}
	proof, err := tlog.ProveTree(head.N, from.N, reader)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, head.N, head.Hash, from.N, from.Hash)
}

// checkProofs verifies our stand-alone proofs, and that x/mod derives the same ones from the tiles.
func checkProofs(dir string, verifier note.Verifier, head tlog.Tree, reader tlog.HashReader) (int, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.tlog-proof"))
	if err != nil || len(files) == 0 {
		return 0, errors.Join(err, errors.New("no proof to check"))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return 0, err
		}
		entry, err := os.ReadFile(strings.TrimSuffix(file, ".tlog-proof") + ".entry")
		if err != nil {
			return 0, err
		}
		if err := checkProof(text, entry, verifier, head, reader); err != nil {
			return 0, fmt.Errorf("%s: %w", file, err)
		}
		if err := checkProof(text, append(entry, 'x'), verifier, head, reader); err == nil {
			return 0, fmt.Errorf("%s: holds for another entry too", file)
		}
	}
	return len(files), nil
}

func checkProof(text, entry []byte, verifier note.Verifier, head tlog.Tree, reader tlog.HashReader) error {
	top, checkpoint, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(top), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("not a proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof := tlog.RecordProof{}
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		proof = append(proof, hash)
	}
	tree, err := openCheckpoint(checkpoint, verifier)
	if err != nil {
		return err
	}
	derived, err := tlog.ProveRecord(tree.N, index, reader)
	if err != nil {
		return err
	}
	if tree.N != head.N || fmt.Sprint(derived) != fmt.Sprint(proof) {
		return errors.New("the tiles give another proof")
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

// checkMissing asks for what the head does not cover: it must be 404, or clients do not fall back.
func checkMissing(prefix string, head tlog.Tree) error {
	beyond := (head.N + 255) / 256
	for _, path := range []string{fmt.Sprintf("tile/0/%s", tilePath(beyond)), fmt.Sprintf("tile/entries/%s.p/1", tilePath(beyond)), "tile/9/000.p/1", "tile/0/0"} {
		response, err := http.Get(prefix + path)
		if err != nil {
			return err
		}
		response.Body.Close()
		if response.StatusCode != http.StatusNotFound {
			return fmt.Errorf("%s: %s", path, response.Status)
		}
	}
	return nil
}

func tilePath(n int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	return path
}
