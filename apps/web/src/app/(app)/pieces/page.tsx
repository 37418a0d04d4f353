export default function Page() {
  return <h1>pieces</h1>;
}
